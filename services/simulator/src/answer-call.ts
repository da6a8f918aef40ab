// One call of the AWS API, from the bytes to the answer. The steps stand in the order in which AWS takes them: who is
// it, what is asked, what goes wrong on order, may they, do it.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ParsedSignature,
  parseAuthorization,
  type Refusal,
  type RequestHead,
} from '@cloud-gateway/sigv4';
import { AwsError } from './aws-error.ts';
import type { WireCall } from './call.ts';
import { answerAfterEffect, answerBeforeEffect } from './faults/apply-outcome.ts';
import type { CallFaults } from './faults/faults.ts';
import type { HttpAnswer } from './http-server.ts';
import { refusalOfReason } from './identity/auth-refusal.ts';
import { authenticate } from './identity/authenticate.ts';
import type { AccessKey } from './identity/identity-store.ts';
import { isDenied } from './identity/policy.ts';
import { shuffle } from './listing/shuffle.ts';
import type { Invocation, Protocol, ReceivedRequest } from './protocols/protocol.ts';
import { protocolByLooks, protocolOf } from './protocols/protocol-of.ts';
import { claimedVersion, ec2Protocol, queryProtocol } from './protocols/query-protocol.ts';
import type { Reply } from './protocols/reply.ts';
import { emptyParams } from './query/params.ts';
import { newRequestId } from './random-source.ts';
import { headerOf } from './raw-headers.ts';
import { readWhole } from './read-whole.ts';
import { isServiceName, type ServiceName, serviceOfVersion } from './service-name.ts';
import type { Simulation } from './simulation.ts';

export interface IncomingCall {
  readonly head: RequestHead;
  /** Still to come. Rejects when the caller hangs up. */
  readonly body: AsyncIterable<Buffer>;
}

/** What is known of a call so far; filled in step by step, so that the log and an error have all that is known. */
interface Progress {
  readonly requestId: string;
  readonly head: RequestHead;
  readonly parsed: ParsedSignature | Refusal;
  service: ServiceName;
  protocol: Protocol;
  invocation: Invocation | undefined;
  key: AccessKey | undefined;
}

/** Rejects only when the caller hung up, or when `stopping` is aborted. */
export async function answerCall(
  incoming: IncomingCall,
  simulation: Simulation,
  stopping: AbortSignal,
): Promise<HttpAnswer> {
  const progress = recognise(incoming.head, simulation);
  try {
    const answer = await carryOut(incoming, progress, simulation, stopping);
    log(simulation, progress, answer.kind === 'answer' ? answer.status : 0);
    return 'body' in answer ? { ...answer, ...withDate(answer, progress, simulation) } : answer;
  } catch (err) {
    stopping.throwIfAborted();
    if (isHangUp(err)) {
      log(simulation, progress, 0, 'RequestAborted');
      throw err;
    }
    const error = err instanceof AwsError ? err : internalError(err);
    log(simulation, progress, error.status, error.code);
    const reply = progress.protocol.writeError(error, progress);
    return { kind: 'answer', ...withDate(reply, progress, simulation) };
  }
}

function recognise(head: RequestHead, simulation: Simulation): Progress {
  const parsed = parseAuthorization(head);
  const named = parsed.ok ? parsed.scope.service : '';
  const known = isServiceName(named);
  return {
    requestId: newRequestId(simulation.random),
    head,
    parsed,
    service: known ? named : 'ec2',
    protocol: known ? protocolOf(named, head) : protocolByLooks(head),
    invocation: undefined,
    key: undefined,
  };
}

async function carryOut(
  { head, body }: IncomingCall,
  progress: Progress,
  simulation: Simulation,
  stopping: AbortSignal,
): Promise<HttpAnswer> {
  const { takesBodyInPieces } = progress.protocol;
  const whole = takesBodyInPieces ? undefined : await readWhole(body, simulation.config.bodyBytesMax);
  const parsed = readSignature({ head, body: whole ?? Buffer.alloc(0), service: progress.service }, progress);
  const { service, protocol } = progress;
  const invocation = protocol.understand({ head, body: whole ?? Buffer.alloc(0), service });
  progress.invocation = invocation;
  const key = authenticate(
    { request: head, parsed, service, refuse: protocol.refuse, ...(whole && { body: whole }) },
    {
      identity: simulation.parts.identity,
      regions: simulation.config.regions,
      clock: { world: simulation.clock.world, wire: simulation.clock.wireAt(parsed.scope) },
      signingKeys: simulation.signingKeys,
    },
  );
  progress.key = key;
  if (invocation.problem) throw invocation.problem;

  const { accountId } = key.principal;
  const { region } = parsed.scope;
  const faults = simulation.parts.faults.strike({ service, action: invocation.action, accountId, region });
  if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { signal: stopping });
  const early = answerBeforeEffect(faults.outcome, protocol);
  if (early) return early;

  const permission = `${service}:${invocation.action}`;
  if (!invocation.needsNoPermission && isDenied(key.principal, permission)) {
    throw protocol.refuse({ kind: 'denied', arn: key.principal.arn, action: permission });
  }
  const ready = { key, parsed, progress, invocation, faults, body };
  return answerAfterEffect(faults.outcome, await invocation.run(createCall(ready, simulation)));
}

/** Throws unless the request says who signed it for which service; then in the words of what it looks like. */
function readSignature(request: ReceivedRequest, progress: Progress): ParsedSignature {
  const { parsed } = progress;
  if (parsed.ok && isServiceName(parsed.scope.service)) return parsed;
  if (progress.protocol === queryProtocol) {
    progress.service = serviceOfVersion(claimedVersion(request)) ?? 'ec2';
    if (progress.service === 'ec2') progress.protocol = ec2Protocol;
  }
  const { refuse } = progress.protocol;
  if (!parsed.ok) throw refuse(refusalOfReason(parsed.reason, parsed.message));
  throw refuse({
    kind: 'wrong-signature',
    message: `Credential should be scoped to correct service: '${parsed.scope.service}' is not simulated.`,
  });
}

interface ReadyCall {
  readonly key: AccessKey;
  readonly parsed: ParsedSignature;
  readonly progress: Progress;
  readonly invocation: Invocation;
  readonly faults: CallFaults;
  readonly body: AsyncIterable<Buffer>;
}

function createCall(
  { key, parsed, progress, invocation, faults, body }: ReadyCall,
  simulation: Simulation,
): WireCall {
  const { principal } = key;
  const { accountId } = principal;
  const { region } = parsed.scope;
  const { world, identity, states, settings, throttling, calls } = simulation.parts;
  const seed = calls.total;
  return {
    principal,
    accountId,
    region,
    requestId: progress.requestId,
    host: headerOf(progress.head.headers, 'host') ?? '',
    nowMs: simulation.clock.world.nowMs(),
    params: invocation.params ?? emptyParams,
    signature: parsed,
    secretAccessKey: key.secret.secretAccessKey,
    body,
    world,
    state: world.regionState(accountId, region),
    stateOf: (kind) => states.of(kind, { accountId, region }),
    identity,
    settings,
    random: simulation.random,
    config: simulation.config,
    noTags: faults.noTags,
    listingFaults: faults.listing,
    zonesDown: faults.zonesDown,
    shuffled: (items) => shuffle(items, seed),
    charge: (bucketClass, tokens) => {
      const { action } = invocation;
      const taken = throttling.take({ accountId, region, action, bucketClass, tokens });
      if (!taken) throw progress.protocol.throttled();
    },
  };
}

/** The clock of the place that was called, which may be wrong on purpose. */
function withDate(reply: Reply, { service, parsed }: Progress, { clock }: Simulation): Reply {
  const region = parsed.ok ? parsed.scope.region : '';
  const date = new Date(clock.wireAt({ service, region }).nowMs()).toUTCString();
  return { ...reply, headers: { ...reply.headers, date } };
}

function isHangUp(err: unknown): boolean {
  return err instanceof Error && 'code' in err && err.code === 'ECONNRESET';
}

function internalError(cause: unknown): AwsError {
  // A fault of the simulator itself: its author wants to see more than AWS would say.
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new AwsError('InternalError', `The simulator failed: ${text}`);
}

function log(simulation: Simulation, progress: Progress, status: number, errorCode?: string): void {
  const { head, parsed, service, invocation, key, requestId } = progress;
  simulation.parts.calls.add({
    at: new Date(simulation.clock.world.nowMs()).toISOString(),
    service,
    action: invocation?.action ?? '',
    host: headerOf(head.headers, 'host') ?? '',
    method: head.method,
    path: head.target.split('?', 1)[0] ?? '',
    payload: payloadOf(parsed),
    accountId: key?.principal.accountId ?? '',
    accessKeyId: key?.accessKeyId ?? '',
    region: parsed.ok ? parsed.scope.region : '',
    status,
    errorCode,
    clientToken: invocation?.clientToken,
    requestId,
    ignoredParameters: invocation?.ignoredParameters ?? [],
  });
}

function payloadOf(parsed: ParsedSignature | Refusal): string {
  if (!parsed.ok) return '';
  return parsed.payload.kind === 'streaming' ? parsed.payload.name : parsed.payload.kind;
}

// One call of the AWS API, from the bytes to the answer. The steps stand in the order in which AWS takes them: who is
// it, what is asked, what goes wrong on order, may they, do it.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ParsedSignature, parseAuthorization, type RequestHead } from '@cloud-gateway/sigv4';
import type { Action } from './action.ts';
import { findAction } from './actions.ts';
import { AwsError } from './aws-error.ts';
import type { Call } from './call.ts';
import type { CallFaults } from './faults/faults.ts';
import { refusalOfReason, refuseAuth } from './identity/auth-refusal.ts';
import { authenticate } from './identity/authenticate.ts';
import type { AccessKey } from './identity/identity-store.ts';
import { isDenied } from './identity/policy.ts';
import { shuffle } from './listing/shuffle.ts';
import { emptyParams, nodeAt, type ParamNode, parseParams } from './query/params.ts';
import { newRequestId } from './random-source.ts';
import { isServiceName, type ServiceName, serviceOfVersion, serviceProtocols } from './service-name.ts';
import type { Simulation } from './simulation.ts';
import { writeError, writeResult } from './write-answer.ts';
import type { XmlObject } from './xml.ts';

export interface IncomingCall {
  readonly head: RequestHead;
  readonly body: Uint8Array;
}

export type Answer =
  | { readonly kind: 'reset' }
  | { readonly kind: 'xml'; readonly status: number; readonly requestId: string; readonly body: string };

/** What is known of a call so far; filled in step by step, so that the log and an error have all that is known. */
interface Progress {
  readonly requestId: string;
  params: ParamNode;
  service: ServiceName;
  action: string;
  region: string;
  key: AccessKey | undefined;
}

/** Never rejects, unless `stopping` is aborted during an ordered delay. */
export async function answerCall(
  incoming: IncomingCall,
  simulation: Simulation,
  stopping: AbortSignal,
): Promise<Answer> {
  const progress: Progress = {
    requestId: newRequestId(simulation.random),
    params: emptyParams,
    service: 'ec2',
    action: '',
    region: '',
    key: undefined,
  };
  try {
    const result = await carryOut(incoming, progress, simulation, stopping);
    const answer: Answer =
      result === 'reset'
        ? { kind: 'reset' }
        : {
            kind: 'xml',
            status: 200,
            requestId: progress.requestId,
            body: writeResult(progress.action, result, progress),
          };
    log(simulation, progress, result === 'reset' ? 0 : 200);
    return answer;
  } catch (err) {
    stopping.throwIfAborted();
    const error = err instanceof AwsError ? err : internalError(err);
    log(simulation, progress, error.status, error.code);
    return {
      kind: 'xml',
      status: error.status,
      requestId: progress.requestId,
      body: writeError(error, progress),
    };
  }
}

async function carryOut(
  { head, body }: IncomingCall,
  progress: Progress,
  simulation: Simulation,
  stopping: AbortSignal,
): Promise<XmlObject | 'reset'> {
  readParams(head, body, progress);
  const parsed = readSignature(head, progress);
  const key = authenticate(
    { request: head, body, parsed, service: progress.service },
    {
      identity: simulation.parts.identity,
      regions: simulation.config.regions,
      clock: simulation.clock,
      signingKeys: simulation.signingKeys,
    },
  );
  progress.key = key;
  const action = lookUpAction(progress);

  const { accountId } = key.principal;
  const { service, region } = progress;
  const faults = simulation.parts.faults.strike({ service, action: action.name, accountId, region });
  if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { signal: stopping });
  if (faults.outcome?.kind === 'reset-before') return 'reset';
  if (faults.outcome?.kind === 'throttle') throw throttled(service);
  if (faults.outcome?.kind === 'fail')
    throw new AwsError(faults.outcome.code, faults.outcome.message, faults.outcome.status);

  const permission = `${service}:${action.name}`;
  if (!action.needsNoPermission && isDenied(key.principal, permission)) {
    throw refuseAuth(service, { kind: 'denied', arn: key.principal.arn, action: permission });
  }
  const result = action.run(progress.params, createCall({ key, progress, action, faults }, simulation));
  return faults.outcome?.kind === 'reset-after' ? 'reset' : result;
}

function readParams(head: RequestHead, body: Uint8Array, progress: Progress): void {
  const at = head.target.indexOf('?');
  const query = at < 0 ? '' : head.target.slice(at + 1);
  progress.params = parseParams(query, Buffer.from(body).toString('utf8'));
  progress.action = paramValue(progress.params, 'Action') ?? '';
  progress.service = serviceOfVersion(paramValue(progress.params, 'Version'));
}

function readSignature(head: RequestHead, progress: Progress): ParsedSignature {
  const parsed = parseAuthorization(head);
  if (!parsed.ok) throw refuseAuth(progress.service, refusalOfReason(parsed.reason, parsed.message));
  const { service, region } = parsed.scope;
  progress.region = region;
  if (!isServiceName(service)) {
    throw refuseAuth(progress.service, {
      kind: 'wrong-signature',
      message: `Credential should be scoped to correct service: 'ec2', 'sts' or 'iam', not '${service}'.`,
    });
  }
  progress.service = service;
  return parsed;
}

function lookUpAction({ service, action, params }: Progress): Action {
  const version = paramValue(params, 'Version');
  if (action === '') throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  if (version === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter Version');
  if (version !== serviceProtocols[service].version) {
    throw new AwsError(
      'NoSuchVersion',
      `The requested version (${version.slice(0, 40)}) of service ${service} does not exist`,
    );
  }
  const found = findAction(service, action);
  if (!found)
    throw new AwsError(
      'InvalidAction',
      `The action ${action.slice(0, 100)} is not valid for this web service.`,
    );
  return found;
}

interface ReadyCall {
  readonly key: AccessKey;
  readonly progress: Progress;
  readonly action: Action;
  readonly faults: CallFaults;
}

function createCall({ key, progress, action, faults }: ReadyCall, simulation: Simulation): Call {
  const { principal } = key;
  const { region } = progress;
  const { world, identity, settings, throttling, calls } = simulation.parts;
  const seed = calls.total;
  return {
    principal,
    accountId: principal.accountId,
    region,
    nowMs: simulation.clock.world.nowMs(),
    params: progress.params,
    world,
    state: world.regionState(principal.accountId, region),
    identity,
    settings,
    random: simulation.random,
    instancesMax: simulation.config.instancesMax,
    noTags: faults.noTags,
    zonesDown: faults.zonesDown,
    shuffled: (items) => shuffle(items, seed),
    charge: (bucketClass, tokens) => {
      const { accountId } = principal;
      const taken = throttling.take({ accountId, region, action: action.name, bucketClass, tokens });
      if (!taken) throw throttled(action.service);
    },
  };
}

function throttled(service: ServiceName): AwsError {
  return service === 'ec2'
    ? new AwsError('RequestLimitExceeded', 'Request limit exceeded.')
    : new AwsError('Throttling', 'Rate exceeded');
}

function internalError(cause: unknown): AwsError {
  // A fault of the simulator itself: its author wants to see more than AWS would say.
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new AwsError('InternalError', `The simulator failed: ${text}`);
}

function log(simulation: Simulation, progress: Progress, status: number, errorCode?: string): void {
  const { params, service, action, region, key, requestId } = progress;
  const known = findAction(service, action)?.parameters;
  simulation.parts.calls.add({
    at: new Date(simulation.clock.world.nowMs()).toISOString(),
    service,
    action,
    accountId: key?.principal.accountId ?? '',
    accessKeyId: key?.accessKeyId ?? '',
    region,
    status,
    errorCode,
    clientToken: paramValue(params, 'ClientToken'),
    requestId,
    ignoredParameters: known
      ? [...params.children.keys()].filter(
          (name) => !known.has(name) && !name.toLowerCase().startsWith('x-amz-'),
        )
      : [],
  });
}

function paramValue(params: ParamNode, name: string): string | undefined {
  return nodeAt(params, name)?.value;
}

// Finds out whose request it is, checking what AWS checks and in that order: form, scope, key, time, token, signature.
import { type Clock, checkRequestTime, maxSkewSeconds, parseAmzDate } from '@cloud-gateway/clock';
import {
  formatAmzDate,
  type ParsedSignature,
  type RequestHead,
  type SigningKeyCache,
  verifySignature,
} from '@cloud-gateway/sigv4';
import type { AwsError } from '../aws-error.ts';
import { type ServiceName, serviceFacts } from '../service-name.ts';
import type { SimulatorClock } from '../simulator-clock.ts';
import type { AuthRefusal } from './auth-refusal.ts';
import type { AccessKey, IdentityStore } from './identity-store.ts';

export interface Authentication {
  readonly request: RequestHead;
  /** Left out where it is still to come, and will be held against what was declared while it comes. */
  readonly body?: Uint8Array;
  readonly parsed: ParsedSignature;
  readonly service: ServiceName;
  /** Words a refusal as the called service does. */
  refuse(refusal: AuthRefusal): AwsError;
}

export interface AuthenticateDeps {
  readonly identity: IdentityStore;
  readonly regions: readonly string[];
  readonly clock: Pick<SimulatorClock, 'world' | 'wire'>;
  readonly signingKeys: SigningKeyCache;
}

/** Throws an AwsError in the words of the called service. */
export function authenticate(authentication: Authentication, deps: AuthenticateDeps): AccessKey {
  const { parsed, request, body, service, refuse } = authentication;

  const scopeProblem = checkHost(parsed, service) ?? checkScope(parsed, service, deps.regions);
  if (scopeProblem) throw refuse({ kind: 'wrong-signature', message: scopeProblem });
  const key = deps.identity.findKey(parsed.accessKeyId);
  if (!key?.active) throw refuse({ kind: 'unknown-key' });
  const timeProblem = checkTime(parsed, deps.clock.wire);
  if (timeProblem) {
    const presigned = parsed.expiresSeconds !== undefined;
    throw refuse({ kind: 'wrong-time', message: timeProblem, presigned });
  }
  if (parsed.sessionToken !== key.session?.token) throw refuse({ kind: 'wrong-token' });
  if (!isPayloadTaken(parsed, body)) throw refuse({ kind: 'wrong-signature' });
  const verification = verifySignature({
    request,
    parsed,
    secret: key.secret,
    ...(body && { body: { bytes: body } }),
    signingKeys: deps.signingKeys,
  });
  if (!verification.ok) throw refuse({ kind: 'wrong-signature' });
  if (key.session && key.session.expiresAtMs <= deps.clock.world.nowMs())
    throw refuse({ kind: 'session-expired' });
  return key;
}

/** Whose body is read whole signs its hash, said or not; only a body that comes in pieces may stay unsigned. */
function isPayloadTaken({ payload }: ParsedSignature, body: Uint8Array | undefined): boolean {
  const inPieces = body === undefined;
  if (payload.kind === 'unsigned' || payload.kind === 'streaming') return inPieces;
  return payload.kind === 'declared' || !inPieces;
}

/** A host of amazonaws.com must be one of the service: a request that went to another door is refused there. */
function checkHost({ scope, headers }: ParsedSignature, service: ServiceName): string | undefined {
  const host = hostOf(headers);
  const labels = /^(.+)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1]?.split('.');
  if (!labels) return undefined;
  const isOurs = labels.some((label) =>
    serviceFacts[service].hostLabels.some((own) => label === own || label.startsWith(`${own}-`)),
  );
  return isOurs
    ? undefined
    : `Credential should be scoped to correct service: '${scope.service}' is not that of ${host}.`;
}

/** A host that names a region must agree with the scope, which alone decides on loopback. */
function checkScope(
  { scope, headers }: ParsedSignature,
  service: ServiceName,
  regions: readonly string[],
): string | undefined {
  const hostRegion = /[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/.exec(hostOf(headers))?.[1];
  const everywhere = hostRegion === undefined ? [...regions, 'us-east-1'] : [hostRegion];
  return (serviceFacts[service].regions ?? everywhere).includes(scope.region)
    ? undefined
    : `Credential should be scoped to a valid region, not '${scope.region}'.`;
}

/** Without the port. */
function hostOf(headers: ParsedSignature['headers']): string {
  return (headers.get('host')?.[0] ?? '').toLowerCase().replace(/:\d+$/, '');
}

function checkTime({ amzDate, expiresSeconds }: ParsedSignature, clock: Clock): string | undefined {
  const signedAt = parseAmzDate(amzDate) ?? Number.NaN;
  const verdict = checkRequestTime(signedAt, clock);
  if (verdict.ok && expiresSeconds === undefined) return undefined;
  const now = clock.nowMs();
  const limits = `${maxSkewSeconds / 60} min.`;
  if (!verdict.ok && !(verdict.skewSeconds <= 0)) {
    return `Signature not yet current: ${amzDate} is still later than ${formatAmzDate(now + maxSkewSeconds * 1000)} (${formatAmzDate(now)} + ${limits})`;
  }
  // A presigned request is good for as long as it says, and no longer.
  const goodForSeconds = expiresSeconds ?? maxSkewSeconds;
  const age = Math.floor(now / 1000) - signedAt;
  if (age <= goodForSeconds) return undefined;
  return `Signature expired: ${amzDate} is now earlier than ${formatAmzDate(now - goodForSeconds * 1000)} (${formatAmzDate(now)} - ${limits})`;
}

// Finds out whose request it is, checking what AWS checks and in that order: form, scope, key, time, token, signature.
import { type Clock, checkRequestTime, maxSkewSeconds, parseAmzDate } from '@cloud-gateway/clock';
import {
  formatAmzDate,
  type ParsedSignature,
  type RequestHead,
  type SigningKeyCache,
  verifySignature,
} from '@cloud-gateway/sigv4';
import type { ServiceName } from '../service-name.ts';
import type { SimulatorClock } from '../simulator-clock.ts';
import { type AuthRefusal, refuseAuth } from './auth-refusal.ts';
import type { AccessKey, IdentityStore } from './identity-store.ts';

export interface Authentication {
  readonly request: RequestHead;
  readonly body: Uint8Array;
  readonly parsed: ParsedSignature;
  readonly service: ServiceName;
}

export interface AuthenticateDeps {
  readonly identity: IdentityStore;
  readonly regions: readonly string[];
  readonly clock: SimulatorClock;
  readonly signingKeys: SigningKeyCache;
}

/** Throws an AwsError in the words of the called service. */
export function authenticate(authentication: Authentication, deps: AuthenticateDeps): AccessKey {
  const { parsed, request, body, service } = authentication;
  const refuse = (refusal: AuthRefusal) => refuseAuth(service, refusal);

  const scopeProblem = checkScope(parsed, service, deps.regions);
  if (scopeProblem) throw refuse({ kind: 'wrong-signature', message: scopeProblem });
  const key = deps.identity.findKey(parsed.accessKeyId);
  if (!key?.active) throw refuse({ kind: 'unknown-key' });
  const timeProblem = checkTime(parsed, deps.clock.wire);
  if (timeProblem) throw refuse({ kind: 'wrong-time', message: timeProblem });
  if (parsed.sessionToken !== key.session?.token) throw refuse({ kind: 'wrong-token' });
  if (parsed.payload.kind === 'streaming') throw refuse({ kind: 'wrong-signature' });
  const verification = verifySignature({
    request,
    parsed,
    secret: key.secret,
    body: { bytes: body },
    signingKeys: deps.signingKeys,
  });
  if (!verification.ok) throw refuse({ kind: 'wrong-signature' });
  if (key.session && key.session.expiresAtMs <= deps.clock.world.nowMs())
    throw refuse({ kind: 'session-expired' });
  return key;
}

/** A host that names a region must agree with the scope, which alone decides on loopback. */
function checkScope(
  { scope, headers }: ParsedSignature,
  service: ServiceName,
  regions: readonly string[],
): string | undefined {
  const hostRegion = /^(?:ec2|sts)\.([a-z0-9-]+)\.amazonaws\.com(?::\d+)?$/.exec(
    headers.get('host')?.[0] ?? '',
  )?.[1];
  const allowed =
    service === 'iam' ? ['us-east-1'] : hostRegion === undefined ? [...regions, 'us-east-1'] : [hostRegion];
  return allowed.includes(scope.region)
    ? undefined
    : `Credential should be scoped to a valid region, not '${scope.region}'.`;
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

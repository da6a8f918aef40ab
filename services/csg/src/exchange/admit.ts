// Who calls what: everything that can be decided by the head of a request alone, in the order in which the original
// product decided it. A key that is not active is told so even for a service that it never had.
import type { Clock } from '@cloud-gateway/clock';
import {
  emptySha256,
  type ParsedSignature,
  parseAuthorization,
  type SigningKeyCache,
  type Verified,
  verifySignature,
} from '@cloud-gateway/sigv4';
import type { AccessKey } from '../keys/access-key.ts';
import type { KeyDirectory } from '../keys/create-key-directory.ts';
import type { Call } from './call.ts';
import { checkSignedTime } from './check-signed-time.ts';
import { findTarget } from './find-target.ts';
import { loadKey } from './load-key.ts';
import { noAccess } from './no-access.ts';
import { RefusedCall } from './refused-call.ts';
import { signatureRefusal } from './signature-refusal.ts';
import type { TakenBody } from './take-body.ts';
import type { Target } from './target.ts';

export interface AdmitDeps {
  readonly clock: Clock;
  readonly keys: KeyDirectory;
  readonly signingKeys: SigningKeyCache;
}

export interface Admitted {
  readonly parsed: ParsedSignature;
  readonly key: AccessKey;
  readonly target: Target;
  /** Undefined while the signature covers the hash of a body that is still to come: verifyWithBody completes it. */
  readonly verified: Verified | undefined;
}

/** Throws RefusedCall. */
export async function admit(deps: AdmitDeps, call: Call): Promise<Admitted> {
  const { head } = call;
  const parsed = parseAuthorization(head);
  if (!parsed.ok) throw signatureRefusal(parsed);
  if (parsed.headers.has('x-amz-s3session-token')) {
    // It would be signed again as it is, and belongs to credentials that are not ours.
    throw new RefusedCall(
      'unsupported-scheme',
      'Sessions of S3 Express are not taken; sign with the issued key alone.',
    );
  }
  call.accessKeyId = parsed.accessKeyId;
  call.region = parsed.scope.region;
  const key = deps.keys.get(parsed.accessKeyId) ?? (await loadKey(deps.keys, parsed.accessKeyId));
  call.key = key;
  checkSignedTime(parsed, deps.clock);
  if (key.state !== 'active') throw new RefusedCall('not-active', 'Client is not Active');
  const target = findTarget(call, parsed);
  call.host = target.host;
  call.services = target.services;
  call.service = target.services[0];
  if (!target.services.some((service) => key.services.has(service))) {
    throw noAccess('service-not-approved');
  }
  const verified = parsed.payload.kind === 'body' ? undefined : verify(deps, call, { parsed, key });
  return { parsed, key, target, verified };
}

/** The second half for a request that declares no hash: its body is known now. Throws RefusedCall. */
export function verifyWithBody(
  deps: Pick<AdmitDeps, 'signingKeys'>,
  call: Call,
  {
    parsed,
    key,
    verified,
    body,
  }: Pick<Admitted, 'parsed' | 'key' | 'verified'> & { readonly body: TakenBody },
): Verified {
  return verified ?? verify(deps, call, { parsed, key, sha256: sha256Of(body) });
}

function sha256Of(body: TakenBody): string {
  return body.kind === 'memory' || body.kind === 'file' ? body.sha256 : emptySha256;
}

function verify(
  { signingKeys }: Pick<AdmitDeps, 'signingKeys'>,
  call: Call,
  { parsed, key, sha256 }: Pick<Admitted, 'parsed' | 'key'> & { readonly sha256?: string },
): Verified {
  const verdict = verifySignature({
    request: call.head,
    parsed,
    secret: key.secret,
    ...(sha256 !== undefined && { body: { sha256 } }),
    signingKeys,
  });
  if (verdict.ok) {
    call.isVerified = true;
    return verdict;
  }
  throw new RefusedCall(
    verdict.reason,
    'The request signature we calculated does not match the signature you provided. Check the secret access key and how the request is signed.',
  );
}

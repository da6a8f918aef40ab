// Signs a request in its query, for somebody else to send: everything but X-Amz-Signature is covered.
import { isS3Family } from './canonical-path.ts';
import { canonicalRequest } from './canonical-request.ts';
import { type CredentialScope, formatScope } from './credential-scope.ts';
import { indexHeaders } from './header-index.ts';
import { expiresSecondsMax } from './parse-query-signature.ts';
import { unsignedPayload } from './payload-mode.ts';
import type { RequestHead } from './request.ts';
import { emptySha256 } from './sha256.ts';
import type { SignRequestInput } from './sign-request.ts';
import { calculateSignature } from './signing-key.ts';
import { signingKeyOf } from './signing-key-cache.ts';
import { algorithm, stringToSign } from './string-to-sign.ts';
import { uriEncode } from './uri-encode.ts';

export interface PresignRequestInput
  extends Pick<SignRequestInput, 'credentials' | 'region' | 'service' | 'amzDate' | 'signingKeys'> {
  /** All of its headers are signed and must be sent as they are; usually only host. */
  readonly request: RequestHead;
  /** 1 to 604800. */
  readonly expiresSeconds: number;
  /** Default: UNSIGNED-PAYLOAD for the S3 family, the hash of nothing for all others. */
  readonly payloadHash?: string;
}

/** Gives the request target, with the signature in its query. Throws a RangeError for an expiry out of bounds. */
export function presignRequest(input: PresignRequestInput): string {
  const { request, credentials, service, amzDate, expiresSeconds, signingKeys } = input;
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > expiresSecondsMax) {
    throw new RangeError(`expiresSeconds must be between 1 and ${expiresSecondsMax}.`);
  }
  const scope: CredentialScope = { day: amzDate.slice(0, 8), region: input.region, service };
  const headers = indexHeaders(request.headers);
  if (!headers.has('host')) throw new TypeError('A request needs a host header to be signed.');
  const signedHeaders = [...headers.keys()].sort();
  const parameters: [name: string, value: string][] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${formatScope(scope)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(expiresSeconds)],
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
  ];
  if (credentials.sessionToken !== undefined)
    parameters.push(['X-Amz-Security-Token', credentials.sessionToken]);
  const target = withParameters(request.target, parameters);
  const canonical = canonicalRequest({
    method: request.method,
    target,
    headers,
    signedHeaders,
    payloadHash: input.payloadHash ?? (isS3Family(service) ? unsignedPayload : emptySha256),
    service,
    presigned: true,
  });
  const key = signingKeyOf(credentials.secret, scope, signingKeys);
  const signature = calculateSignature(key, stringToSign(amzDate, scope, canonical));
  return withParameters(target, [['X-Amz-Signature', signature]]);
}

function withParameters(target: string, parameters: readonly (readonly [string, string])[]): string {
  const query = parameters.map(([name, value]) => `${name}=${uriEncode(value)}`).join('&');
  if (!target.includes('?')) return `${target}?${query}`;
  return target.endsWith('?') ? `${target}${query}` : `${target}&${query}`;
}

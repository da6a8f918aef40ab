// The other side: signs a request with a header.
import { authorizationHeader } from './authorization-header.ts';
import { isS3Family } from './canonical-path.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { CredentialScope } from './credential-scope.ts';
import { type HeaderIndex, indexHeaders } from './header-index.ts';
import type { RawHeaders, RequestHead } from './request.ts';
import { signatureHeaders } from './signature-headers.ts';
import { calculateSignature } from './signing-key.ts';
import { type SigningKeyCache, type SigningSecret, signingKeyOf } from './signing-key-cache.ts';
import { stringToSign } from './string-to-sign.ts';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secret: SigningSecret;
  readonly sessionToken?: string | undefined;
}

export interface SignRequestInput {
  /**
   * Has a host header. Its old signature, date and session token are ignored: replace them by what comes back. Headers
   * that were parsed already (ParsedSignature.headers) need not be indexed again.
   */
  readonly request: Omit<RequestHead, 'headers'> & { readonly headers: RawHeaders | HeaderIndex };
  readonly credentials: SigningCredentials;
  readonly region: string;
  readonly service: string;
  /** `YYYYMMDDTHHMMSSZ` by the signer's clock. */
  readonly amzDate: string;
  /** Hex SHA-256 of the body, UNSIGNED-PAYLOAD or STREAMING-…. */
  readonly payloadHash: string;
  /** Which of the request's headers to sign; default: host, content-type, content-md5 and every x-amz-*. */
  readonly signedHeaders?: readonly string[];
  /** Default: only for the S3 family, which requires the header. A request that already has it keeps it signed. */
  readonly sendPayloadHash?: boolean;
  readonly signingKeys?: SigningKeyCache | undefined;
}

/** Gives the headers to set on the request, by lower-case name, each in place of any of that name. */
export function signRequest(input: SignRequestInput): Record<string, string> {
  const { request, credentials, service, amzDate, signingKeys } = input;
  const scope: CredentialScope = { day: amzDate.slice(0, 8), region: input.region, service };
  const headers = new Map(isIndex(request.headers) ? request.headers : indexHeaders(request.headers));
  const added = addedHeaders(input, headers);
  for (const name of signatureHeaders) headers.delete(name);
  for (const [name, value] of Object.entries(added)) headers.set(name, [value]);
  const signedHeaders = chooseSignedHeaders(headers, input.signedHeaders, Object.keys(added));
  const canonical = canonicalRequest({
    method: request.method,
    target: request.target,
    headers,
    signedHeaders,
    payloadHash: input.payloadHash,
    service,
    presigned: false,
  });
  const key = signingKeyOf(credentials.secret, scope, signingKeys);
  const signature = calculateSignature(key, stringToSign(amzDate, scope, canonical));
  const authorization = authorizationHeader({
    accessKeyId: credentials.accessKeyId,
    scope,
    signedHeaders: signedHeaders.join(';'),
    signature,
  });
  return { ...added, authorization };
}

function addedHeaders(input: SignRequestInput, headers: HeaderIndex): Record<string, string> {
  const sendsHash =
    headers.has('x-amz-content-sha256') || (input.sendPayloadHash ?? isS3Family(input.service));
  return {
    'x-amz-date': input.amzDate,
    ...(input.credentials.sessionToken !== undefined && {
      'x-amz-security-token': input.credentials.sessionToken,
    }),
    ...(sendsHash && { 'x-amz-content-sha256': input.payloadHash }),
  };
}

/** Host, every x-amz-* that is sent and what we add are always signed; a wanted header that is not there is not. */
function chooseSignedHeaders(
  headers: HeaderIndex,
  wanted: readonly string[] | undefined,
  added: readonly string[],
): readonly string[] {
  if (!headers.has('host')) throw new TypeError('A request needs a host header to be signed.');
  const chosen = new Set<string>(['host', ...added]);
  for (const name of wanted ?? ['content-type', 'content-md5']) {
    const key = name.toLowerCase();
    if (headers.has(key)) chosen.add(key);
  }
  for (const name of headers.keys()) if (name.startsWith('x-amz-')) chosen.add(name);
  return [...chosen].sort();
}

function isIndex(headers: RawHeaders | HeaderIndex): headers is HeaderIndex {
  return headers instanceof Map;
}

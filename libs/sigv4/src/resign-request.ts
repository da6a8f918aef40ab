// Signs a verified request again, with other credentials and another date: the same parts of the request, in the same
// place (header or query), so that it means the same to whoever gets it. What verifying has worked out is used again.
import { authorizationHeader } from './authorization-header.ts';
import { canonicalValues } from './canonical-headers.ts';
import { isS3Family } from './canonical-path.ts';
import { joinCanonicalRequest } from './canonical-request.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { presignRequest } from './presign-request.ts';
import { withoutQuerySignature } from './query-signature.ts';
import type { RequestHead } from './request.ts';
import type { SigningCredentials } from './sign-request.ts';
import { signatureHeaders } from './signature-headers.ts';
import { calculateSignature } from './signing-key.ts';
import { type SigningKeyCache, signingKeyOf } from './signing-key-cache.ts';
import { stringToSign } from './string-to-sign.ts';
import type { Verified } from './verify-signature.ts';

export interface ResignRequestInput {
  readonly request: Pick<RequestHead, 'method' | 'target'>;
  readonly parsed: ParsedSignature;
  /** What verifySignature said of the same request. */
  readonly verified: Verified;
  readonly credentials: SigningCredentials;
  /** `YYYYMMDDTHHMMSSZ` by our own clock. */
  readonly amzDate: string;
  /** The Host header to send, where it is not the one that the client signed. */
  readonly host?: string | undefined;
  readonly signingKeys?: SigningKeyCache | undefined;
}

export interface ResignedRequest {
  readonly target: string;
  /** By lower-case name. First take all `signatureHeaders` off the request, then set these, each in place of any of that name. */
  readonly headers: Readonly<Record<string, string>>;
  /** 64 hex digits; the seed of the chunk signatures. */
  readonly signature: string;
  readonly scope: CredentialScope;
}

/** A presigned request is sent at once, so its new signature need not outlive the old one's purpose. */
const presignedSecondsMax = 300;

export function resignRequest(input: ResignRequestInput): ResignedRequest {
  return input.parsed.carrier === 'header' ? resignHeader(input) : resignQuery(input);
}

function resignHeader(input: ResignRequestInput): ResignedRequest {
  const { request, parsed, verified, credentials, amzDate } = input;
  const scope: CredentialScope = { ...parsed.scope, day: amzDate.slice(0, 8) };
  const headers = newHeaders(input);
  const names = signedNames(parsed.signedHeaders, headers);
  let headerLines = '';
  for (const name of names) {
    const ours = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headerLines += `${name}:${canonicalValues(ours === undefined ? parsed.headers.get(name) : [ours])}\n`;
  }
  const signedHeaders = names.join(';');
  const canonical = joinCanonicalRequest({
    method: request.method,
    target: verified.target,
    headerLines,
    signedHeaders,
    payloadHash: verified.payloadHash,
  });
  const key = signingKeyOf(credentials.secret, scope, input.signingKeys);
  const signature = calculateSignature(key, stringToSign(amzDate, scope, canonical));
  headers['authorization'] = authorizationHeader({
    accessKeyId: credentials.accessKeyId,
    scope,
    signedHeaders,
    signature,
  });
  return { target: request.target, headers, signature, scope };
}

function newHeaders({ parsed, verified, credentials, amzDate, host }: ResignRequestInput) {
  const headers: Record<string, string> = { 'x-amz-date': amzDate };
  if (host !== undefined) headers['host'] = host;
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  if (isS3Family(parsed.scope.service) && !parsed.headers.has('x-amz-content-sha256')) {
    headers['x-amz-content-sha256'] = verified.payloadHash; // S3 takes no header signature without it
  }
  return headers;
}

/** The names that were signed, without those of the old signature, and with ours; sorted. */
function signedNames(signed: readonly string[], ours: Readonly<Record<string, string>>): readonly string[] {
  const names = signed.filter((name) => !signatureHeaders.has(name) || Object.hasOwn(ours, name));
  const signedCount = names.length;
  for (const name in ours) if (!names.includes(name)) names.push(name);
  return names.length === signedCount ? names : names.sort();
}

function resignQuery(input: ResignRequestInput): ResignedRequest {
  const { request, parsed, verified, credentials, amzDate, host } = input;
  const headers = parsed.signedHeaders
    .filter((name) => !signatureHeaders.has(name))
    .flatMap((name) =>
      name === 'host' && host !== undefined
        ? [[name, host] as const]
        : (parsed.headers.get(name) ?? []).map((value) => [name, value] as const),
    );
  const target = presignRequest({
    request: { method: request.method, target: withoutQuerySignature(request.target), headers },
    credentials,
    region: parsed.scope.region,
    service: parsed.scope.service,
    amzDate,
    expiresSeconds: Math.min(parsed.expiresSeconds ?? presignedSecondsMax, presignedSecondsMax),
    payloadHash: verified.payloadHash,
    signingKeys: input.signingKeys,
  });
  return {
    target,
    headers: host === undefined ? {} : { host },
    signature: target.slice(-64),
    scope: { ...parsed.scope, day: amzDate.slice(0, 8) },
  };
}

// Presigned requests: the signature is in X-Amz-* parameters of the query, and everything but X-Amz-Signature is signed.
import { isAmzDate } from './amz-date.ts';
import { isS3Family } from './canonical-path.ts';
import { parseCredential } from './credential-scope.ts';
import type { HeaderIndex } from './header-index.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { type PayloadMode, parsePayloadMode } from './payload-mode.ts';
import { querySignatureParameters } from './query-signature.ts';
import { type Refusal, refuse } from './refusal.ts';
import { parseSignedHeaders } from './signed-headers.ts';

/** Seven days. */
export const expiresSecondsMax = 604_800;

type Pairs = readonly (readonly [name: string, value: string])[];

export function parseQuerySignature(pairs: Pairs, headers: HeaderIndex): ParsedSignature | Refusal {
  const parameters = signatureParametersOf(pairs);
  if (!(parameters instanceof Map)) return parameters;
  const contradiction = findContradiction(parameters, headers);
  if (contradiction !== undefined) {
    return refuse('contradiction', `${contradiction} is one thing in the query and another in the header.`);
  }
  const text = (name: string) => parameters.get(name) ?? '';
  const missing = [
    'x-amz-credential',
    'x-amz-date',
    'x-amz-expires',
    'x-amz-signedheaders',
    'x-amz-signature',
  ].find((name) => !text(name));
  if (missing !== undefined) return refuse('incomplete', `The query is signed but has no ${missing}.`);

  const credential = parseCredential(text('x-amz-credential'));
  if (!credential)
    return refuse(
      'malformed-credential',
      'X-Amz-Credential is not <key>/<yyyymmdd>/<region>/<service>/aws4_request.',
    );
  const amzDate = text('x-amz-date');
  if (!isAmzDate(amzDate)) return refuse('malformed-date', 'X-Amz-Date is not YYYYMMDDTHHMMSSZ.');
  if (amzDate.slice(0, 8) !== credential.scope.day) {
    return refuse(
      'scope-day-mismatch',
      `X-Amz-Credential is scoped to ${credential.scope.day}, but the request is dated ${amzDate}.`,
    );
  }
  const expiresSeconds = parseExpires(text('x-amz-expires'));
  if (expiresSeconds === undefined)
    return refuse('malformed-expires', `X-Amz-Expires is not between 1 and ${expiresSecondsMax}.`);
  const signature = text('x-amz-signature');
  if (!/^[0-9a-f]{64}$/.test(signature))
    return refuse('malformed-signature', 'X-Amz-Signature is not 64 lower-case hex digits.');
  const signedHeaders = parseSignedHeaders(text('x-amz-signedheaders'), headers);
  if ('ok' in signedHeaders) return signedHeaders;
  const payload = payloadOf(parameters.get('x-amz-content-sha256'), headers, credential.scope.service);
  if ('ok' in payload) return payload;
  return {
    ok: true,
    carrier: 'query',
    ...credential,
    amzDate,
    signedHeaders,
    signature,
    sessionToken: parameters.get('x-amz-security-token') ?? headers.get('x-amz-security-token')?.[0]?.trim(),
    expiresSeconds,
    payload,
    headers,
  };
}

function signatureParametersOf(pairs: Pairs): Map<string, string> | Refusal {
  const found = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (!querySignatureParameters.has(key) && key !== 'x-amz-content-sha256') continue;
    if (found.has(key))
      return refuse('duplicate-parameter', `The query parameter ${key} came more than once.`);
    found.set(key, value);
  }
  return found;
}

/** What a signer may put in either place may stand in both, but then it says the same. */
function findContradiction(
  parameters: ReadonlyMap<string, string>,
  headers: HeaderIndex,
): string | undefined {
  return ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'].find((name) => {
    const inQuery = parameters.get(name);
    const inHeader = headers.get(name)?.[0]?.trim();
    return inQuery !== undefined && inHeader !== undefined && inQuery !== inHeader;
  });
}

function parseExpires(text: string): number | undefined {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= expiresSecondsMax ? seconds : undefined;
}

/** S3 leaves the body of a presigned request unsigned unless told otherwise; all others sign the body's hash. */
function payloadOf(
  inQuery: string | undefined,
  headers: HeaderIndex,
  service: string,
): PayloadMode | Refusal {
  const declared = inQuery ?? headers.get('x-amz-content-sha256')?.[0]?.trim();
  if (declared !== undefined) return parsePayloadMode(declared);
  return isS3Family(service) ? { kind: 'unsigned' } : { kind: 'body' };
}

// The Authorization header: `Credential=…, SignedHeaders=…, Signature=…` after the algorithm.
import { amzDateOfHttpDate, isAmzDate } from './amz-date.ts';
import { parseCredential } from './credential-scope.ts';
import type { HeaderIndex } from './header-index.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { parsePayloadMode } from './payload-mode.ts';
import { type Refusal, refuse } from './refusal.ts';
import { parseSignedHeaders } from './signed-headers.ts';

export function parseHeaderSignature(parameters: string, headers: HeaderIndex): ParsedSignature | Refusal {
  const parts = parseParameters(parameters);
  if (!parts)
    return refuse(
      'incomplete',
      'The Authorization header needs Credential, SignedHeaders and Signature, each once.',
    );
  const credential = parseCredential(parts.credential);
  if (!credential)
    return refuse(
      'malformed-credential',
      'Credential is not <key>/<yyyymmdd>/<region>/<service>/aws4_request.',
    );
  const amzDate = dateOf(headers);
  if (amzDate === undefined)
    return refuse('malformed-date', 'The request needs x-amz-date as YYYYMMDDTHHMMSSZ, or a Date header.');
  if (amzDate.slice(0, 8) !== credential.scope.day) {
    return refuse(
      'scope-day-mismatch',
      `Credential is scoped to ${credential.scope.day}, but the request is dated ${amzDate}.`,
    );
  }
  if (!/^[0-9a-f]{64}$/.test(parts.signature))
    return refuse('malformed-signature', 'Signature is not 64 lower-case hex digits.');
  const signedHeaders = parseSignedHeaders(parts.signedHeaders, headers);
  if ('ok' in signedHeaders) return signedHeaders;
  const declared = headers.get('x-amz-content-sha256')?.[0]?.trim();
  const payload = declared === undefined ? ({ kind: 'body' } as const) : parsePayloadMode(declared);
  if ('ok' in payload) return payload;
  return {
    ok: true,
    carrier: 'header',
    ...credential,
    amzDate,
    signedHeaders,
    signature: parts.signature,
    sessionToken: headers.get('x-amz-security-token')?.[0]?.trim(),
    expiresSeconds: undefined,
    payload,
    headers,
  };
}

function parseParameters(text: string) {
  const found = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at < 0 || found.has(name)) return undefined;
    found.set(name, part.slice(at + 1).trim());
  }
  const credential = found.get('Credential');
  const signedHeaders = found.get('SignedHeaders');
  const signature = found.get('Signature');
  if (!credential || !signedHeaders || !signature || found.size !== 3) return undefined;
  return { credential, signedHeaders, signature };
}

/** x-amz-date goes before Date, as at AWS; a Date that came twice is none. */
function dateOf(headers: HeaderIndex): string | undefined {
  const amzDate = headers.get('x-amz-date')?.[0]?.trim();
  if (amzDate !== undefined) return isAmzDate(amzDate) ? amzDate : undefined;
  const [date, ...others] = headers.get('date') ?? [];
  return date === undefined || others.length > 0 ? undefined : amzDateOfHttpDate(date.trim());
}

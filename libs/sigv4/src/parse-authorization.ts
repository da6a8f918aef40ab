// The door: finds out how a request is signed and reads the signature, or says in what way it cannot be taken.
import { parseQuery } from './canonical-query.ts';
import { type HeaderIndex, indexHeaders } from './header-index.ts';
import { findMalformedHeader } from './header-syntax.ts';
import { parseHeaderSignature } from './parse-header-signature.ts';
import { parseQuerySignature } from './parse-query-signature.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type RequestHead, splitTarget } from './request.ts';
import { algorithm } from './string-to-sign.ts';

/** A second one of these lets two readers see two different requests. */
const onlyOnce = [
  'host',
  'authorization',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
] as const;

/** Reads the signature of a request without judging it. Throws nothing, whatever was sent. */
export function parseAuthorization(request: RequestHead): ParsedSignature | Refusal {
  const headers = indexHeaders(request.headers);
  const malformed = findMalformedHeader(headers);
  if (malformed !== undefined) return refuse('malformed-header', malformed);
  for (const name of onlyOnce) {
    if ((headers.get(name)?.length ?? 0) > 1) {
      return refuse('duplicate-header', `The header ${name} came more than once.`);
    }
  }
  const authorization = headers.get('authorization')?.[0]?.trim();
  const query = parseQuery(splitTarget(request.target).query);
  const queryScheme = schemeOfQuery(query);
  if (authorization !== undefined && queryScheme !== undefined) {
    return refuse(
      'several-signatures',
      'The request is signed both in the Authorization header and in the query.',
    );
  }
  if (queryScheme === algorithm) return parseQuerySignature(query, headers);
  if (authorization?.startsWith(`${algorithm} `)) {
    return parseHeaderSignature(authorization.slice(algorithm.length + 1), headers);
  }
  const scheme = queryScheme ?? authorization?.split(' ', 1)[0];
  return scheme === undefined ? refuseUnsigned(request.method, headers) : refuseScheme(scheme);
}

/** Names the scheme by which the query is signed, as the Authorization header would; undefined when it is not. */
function schemeOfQuery(query: readonly (readonly [name: string, value: string])[]): string | undefined {
  if (query.length === 0) return undefined;
  const named = query.find(([name]) => name.toLowerCase() === 'x-amz-algorithm')?.[1];
  if (named !== undefined) return named;
  const names = new Set(query.map(([name]) => name));
  return names.has('Signature') && (names.has('AWSAccessKeyId') || names.has('SignatureVersion'))
    ? 'AWS'
    : undefined;
}

function refuseScheme(scheme: string): Refusal {
  if (scheme === algorithm) return refuse('incomplete', 'The Authorization header has no parameters.');
  if (scheme === 'AWS' || scheme.startsWith('AWS3')) {
    return refuse('sigv2', 'Signature version 2 is not taken; sign with version 4 (AWS4-HMAC-SHA256).');
  }
  if (scheme.startsWith('AWS4-ECDSA-')) {
    return refuse('sigv4a', 'Multi-region signatures (SigV4A) are not taken; sign with AWS4-HMAC-SHA256.');
  }
  if (scheme.toLowerCase() === 'bearer') {
    return refuse('bearer', 'Bearer tokens are not taken; sign with AWS4-HMAC-SHA256.');
  }
  return refuse('unknown-scheme', 'The request is signed by an unknown scheme; sign with AWS4-HMAC-SHA256.');
}

function refuseUnsigned(method: string, headers: HeaderIndex): Refusal {
  const contentType = headers.get('content-type')?.[0]?.toLowerCase() ?? '';
  if (method === 'POST' && contentType.startsWith('multipart/form-data')) {
    return refuse('post-policy', 'Form uploads signed by a POST policy are not taken.');
  }
  return refuse('unsigned', 'The request is not signed.');
}

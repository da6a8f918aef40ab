// CanonicalRequest: the six parts of a request that a signature covers, in the one way of writing them down.
import { canonicalHeaders } from './canonical-headers.ts';
import { canonicalPath } from './canonical-path.ts';
import { canonicalQuery } from './canonical-query.ts';
import type { HeaderIndex } from './header-index.ts';
import { splitTarget } from './request.ts';

export interface CanonicalRequestParts {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderIndex;
  /** Lower-case and sorted. */
  readonly signedHeaders: readonly string[];
  /** A hex hash, UNSIGNED-PAYLOAD or STREAMING-…: whatever stands for the body. */
  readonly payloadHash: string;
  readonly service: string;
  /** The signature travels in the query, which therefore leaves X-Amz-Signature out. */
  readonly presigned: boolean;
}

export function canonicalRequest(parts: CanonicalRequestParts): string {
  const { path, query } = splitTarget(parts.target);
  return [
    parts.method,
    canonicalPath(path, parts.service),
    canonicalQuery(query, parts.presigned),
    canonicalHeaders(parts.headers, parts.signedHeaders),
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');
}

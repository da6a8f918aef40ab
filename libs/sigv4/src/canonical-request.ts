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

/** CanonicalURI and CanonicalQueryString. */
export interface CanonicalTarget {
  readonly path: string;
  readonly query: string;
}

export function canonicalRequest(parts: CanonicalRequestParts): string {
  return joinCanonicalRequest({
    method: parts.method,
    target: canonicalTarget(parts.target, parts.service, parts.presigned),
    headerLines: canonicalHeaders(parts.headers, parts.signedHeaders),
    signedHeaders: parts.signedHeaders.join(';'),
    payloadHash: parts.payloadHash,
  });
}

export function canonicalTarget(rawTarget: string, service: string, presigned: boolean): CanonicalTarget {
  const { path, query } = splitTarget(rawTarget);
  return { path: canonicalPath(path, service), query: canonicalQuery(query, presigned) };
}

export function joinCanonicalRequest(parts: {
  readonly method: string;
  readonly target: CanonicalTarget;
  /** CanonicalHeaders, each line with its line end. */
  readonly headerLines: string;
  /** Joined by semicolons. */
  readonly signedHeaders: string;
  readonly payloadHash: string;
}): string {
  const { method, target, headerLines, signedHeaders, payloadHash } = parts;
  return `${method}\n${target.path}\n${target.query}\n${headerLines}\n${signedHeaders}\n${payloadHash}`;
}

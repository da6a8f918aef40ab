// Finds the operation that a method and a path name.
import type { RequestHead } from '@cloud-gateway/sigv4';
import type { Operation } from '../operation.ts';
import { operationsOf } from '../operations.ts';
import type { ServiceName } from '../service-name.ts';
import { decodeSegment, splitPathAndQuery } from './target.ts';

interface Route {
  readonly operation: Operation;
  /** Labels of the path and parameters of the query. */
  readonly values: Readonly<Record<string, string>>;
}

export function matchRoute(service: ServiceName, { method, target }: RequestHead): Route | undefined {
  const { path, query } = splitPathAndQuery(target);
  const segments = segmentsOf(path);
  for (const operation of operationsOf(service)) {
    const [ownMethod = '', pattern = ''] = operation.http?.split(' ') ?? [];
    const labels = ownMethod === method ? matchSegments(segmentsOf(pattern), segments) : undefined;
    if (labels) return { operation, values: { ...Object.fromEntries(query), ...labels } };
  }
  return undefined;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const labels: [string, string][] = [];
  for (const [i, own] of pattern.entries()) {
    const segment = decodeSegment(segments[i] ?? '');
    const label = /^\{(\w+)\}$/.exec(own)?.[1];
    if (label !== undefined) labels.push([label, segment]);
    else if (own !== segment) return undefined;
  }
  return Object.fromEntries(labels);
}

// Operations of REST services: method and path say which, and for some the query.
//
// Our reading decides what is allowed, the service's what is done, so a request that could be read in two ways is not
// read at all: dot segments, empty segments, escapes that turn a label into a literal.
import type { AwsRequest } from './aws-request.ts';
import type { ServiceRecord } from './catalogue.ts';
import { buildOperationTree, matchOperation, type OperationTree } from './operation-tree.ts';
import { decode, type RequestTarget } from './request-target.ts';

export function restOperation(
  service: ServiceRecord,
  request: Pick<AwsRequest, 'method' | 'headers' | 'bucket'>,
  { path, query }: RequestTarget,
): string | undefined {
  const isS3 = service.id === 's3';
  const readings = isS3 ? s3Segments(path, request.bucket) : segments(path);
  if (!readings) return undefined;
  const tree = treeOf(service);
  const { method, headers } = request;
  const match = (reading: readonly string[]) =>
    matchOperation(tree, { method, segments: reading, query, headers, strictQuery: isS3 });
  const [asIs = [], decoded] = readings;
  const name = match(asIs);
  return decoded === undefined || match(decoded) === name ? name : undefined;
}

type Readings = readonly (readonly string[])[];

/** The segments as they are, and once more decoded where that is something else. */
function segments(path: string): Readings | undefined {
  const raw = path.split('/').slice(1);
  if (raw.at(-1) === '') raw.pop();
  if (!path.startsWith('/') || raw.some(isTidiedAway)) return undefined;
  if (!path.includes('%')) return [raw];
  const decoded = raw.map(decode);
  return decoded.some(isTidiedAway) ? undefined : [raw, decoded];
}

function isTidiedAway(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}

/**
 * None, the bucket, or the bucket and all of the key: a key is whatever is left, slashes and dots included. An escaped
 * slash may be the one after the bucket, so both readings have to agree.
 */
function s3Segments(path: string, bucket: string | undefined): Readings | undefined {
  if (!path.startsWith('/')) return undefined;
  const cut = (text: string) => {
    const rest = text.slice(1);
    if (bucket !== undefined) return rest === '' ? [bucket] : [bucket, rest];
    const at = rest.indexOf('/');
    const parts = at < 0 ? [rest] : [rest.slice(0, at), rest.slice(at + 1)];
    return parts.filter((part) => part !== '');
  };
  return path.includes('%') ? [cut(path), cut(decode(path))] : [cut(path)];
}

const trees = new Map<string, OperationTree>();

function treeOf({ id, operationLines }: ServiceRecord): OperationTree {
  let tree = trees.get(id);
  if (!tree) {
    tree = buildOperationTree(operationLines);
    trees.set(id, tree);
  }
  return tree;
}

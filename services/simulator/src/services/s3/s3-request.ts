// Reads bucket and key from the host and the path. The bucket stands in the host (virtual-hosted style) or in the path.
import type { RequestHead } from '@cloud-gateway/sigv4';
import { decodeSegment, splitPathAndQuery } from '../../protocols/target.ts';
import { headerPairs } from '../../raw-headers.ts';
import type { S3Request } from './s3-action.ts';

/** `bucket.s3.us-east-1.amazonaws.com` and its relatives, and `bucket.localhost` for a simulator without a name. */
const virtualHost =
  /^(.+)\.(?:s3(?:-fips|-accelerate)?(?:\.dualstack)?(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?|localhost)(?::\d+)?$/;

export function readS3Request({ method, target, headers: rawHeaders }: RequestHead): S3Request {
  const headers = new Map([...headerPairs(rawHeaders)].reverse());
  const { path, query } = splitPathAndQuery(target);
  const own = [...query].filter(([name]) => !name.toLowerCase().startsWith('x-amz-') && name !== 'x-id');
  const named = virtualHost.exec(headers.get('host')?.toLowerCase() ?? '')?.[1];
  const { bucket, key } = named === undefined ? splitPath(path) : { bucket: named, key: path.slice(1) };
  return { method, bucket, key: decodeSegment(key), query: new Map(own), headers };
}

function splitPath(path: string): { readonly bucket: string; readonly key: string } {
  const at = path.indexOf('/', 1);
  return at < 0 ? { bucket: path.slice(1), key: '' } : { bucket: path.slice(1, at), key: path.slice(at + 1) };
}

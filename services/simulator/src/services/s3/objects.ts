// S3's actions on single objects.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { LongBody, Reply } from '../../protocols/reply.ts';
import { findBucket, type StoredObject } from './buckets-state.ts';
import { readRange } from './byte-range.ts';
import type { S3Action, S3Request } from './s3-action.ts';
import { emptyReply } from './s3-reply.ts';
import { syntheticBytes, syntheticObject } from './synthetic-object.ts';

export const putObject: S3Action = {
  name: 'PutObject',
  prepare({ bucket, headers }, call) {
    findBucket(bucket, call);
    if (headers.has('x-amz-copy-source'))
      throw new AwsError('NotImplemented', 'CopyObject is not simulated.');
  },
  handle({ bucket, key, headers }, call, { length, md5, bytes, checksums }) {
    const object: StoredObject = {
      key,
      length,
      etag: `"${md5}"`,
      modifiedAtMs: call.nowMs,
      headers: { ...keptHeaders(headers), ...checksums },
      bytes,
    };
    findBucket(bucket, call).objects.set(key, object);
    return emptyReply(200, { etag: object.etag, ...checksums });
  },
};

export const getObject: S3Action = {
  name: 'GetObject',
  handle: (request, call) => writeObject(findObject(request, call), request),
};

export const headObject: S3Action = {
  name: 'HeadObject',
  handle: (request, call) => writeObject(findObject(request, call), request),
};

/** Deleting what is not there is no error. */
export const deleteObject: S3Action = {
  name: 'DeleteObject',
  handle({ bucket, key }, call) {
    findBucket(bucket, call).objects.delete(key);
    return emptyReply(204);
  },
};

/** The headers of a request that come back with its object. */
export function keptHeaders(headers: ReadonlyMap<string, string>): Record<string, string> {
  const kept = [...headers].filter(
    ([name]) => name.startsWith('x-amz-meta-') || ['content-type', 'cache-control'].includes(name),
  );
  return Object.fromEntries(kept);
}

function findObject({ bucket: name, key }: S3Request, call: Call): StoredObject {
  const bucket = findBucket(name, call);
  const object = bucket.objects.get(key) ?? syntheticObject(key, bucket.createdAtMs);
  if (object) return object;
  throw new AwsError('NoSuchKey', 'The specified key does not exist.');
}

function writeObject(object: StoredObject, { method, headers }: S3Request): Reply {
  const range = readRange(headers.get('range'), object.length);
  const { 'content-type': contentType = 'binary/octet-stream', ...rest } = object.headers;
  const part = range ?? { start: 0, end: object.length };
  return {
    status: range ? 206 : 200,
    contentType,
    headers: {
      'accept-ranges': 'bytes',
      etag: object.etag,
      'last-modified': new Date(object.modifiedAtMs).toUTCString(),
      // A checksum is that of the whole; a part has none that could be checked.
      ...(range ? withoutChecksums(rest) : rest),
      ...(range && { 'content-range': `bytes ${part.start}-${part.end - 1}/${object.length}` }),
    },
    body: method === 'HEAD' ? { length: part.end - part.start, pieces: () => [] } : bytesOf(object, part),
  };
}

function bytesOf(
  { key, bytes, length }: StoredObject,
  { start, end }: { start: number; end: number },
): Buffer | LongBody {
  if (bytes) return bytes.subarray(start, end);
  if (syntheticObject(key, 0)?.length === length) {
    return { length: end - start, pieces: () => syntheticBytes(start, end) };
  }
  throw new AwsError(
    'NotImplemented',
    'The simulator kept only the length and the hash of so large an object.',
  );
}

function withoutChecksums(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')));
}

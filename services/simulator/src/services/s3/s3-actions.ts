// Every action of S3 that is simulated, and how a request names it: by method, by what it is sent to, and by words in the
// query.
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.ts';
import { listObjects } from './list-objects.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from './multipart-uploads.ts';
import { deleteObject, getObject, headObject, putObject } from './objects.ts';
import type { S3Action, S3Request } from './s3-action.ts';

interface Route {
  readonly method: string;
  readonly to: 'service' | 'bucket' | 'object';
  /** Parameters of the query that must be there; a route with more of them comes first. */
  readonly words?: readonly string[];
  readonly action: S3Action;
}

const routes: readonly Route[] = [
  { method: 'GET', to: 'service', action: listBuckets },
  { method: 'GET', to: 'bucket', words: ['location'], action: getBucketLocation },
  { method: 'GET', to: 'bucket', words: ['list-type'], action: listObjects },
  { method: 'PUT', to: 'bucket', action: createBucket },
  { method: 'HEAD', to: 'bucket', action: headBucket },
  { method: 'DELETE', to: 'bucket', action: deleteBucket },
  { method: 'POST', to: 'object', words: ['uploads'], action: createMultipartUpload },
  { method: 'PUT', to: 'object', words: ['partNumber', 'uploadId'], action: uploadPart },
  { method: 'POST', to: 'object', words: ['uploadId'], action: completeMultipartUpload },
  { method: 'DELETE', to: 'object', words: ['uploadId'], action: abortMultipartUpload },
  { method: 'PUT', to: 'object', action: putObject },
  { method: 'GET', to: 'object', action: getObject },
  { method: 'HEAD', to: 'object', action: headObject },
  { method: 'DELETE', to: 'object', action: deleteObject },
];

/** Words that name actions which are not simulated: without them here, `PUT /bucket?acl` would make a bucket. */
const otherWords = [
  'acl',
  'cors',
  'delete',
  'lifecycle',
  'policy',
  'session',
  'tagging',
  'versioning',
  'versions',
];

export function findS3Action({ method, bucket, key, query }: S3Request): S3Action | undefined {
  const to = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  if (otherWords.some((word) => query.has(word))) return undefined;
  return routes.find(
    (route) =>
      route.method === method && route.to === to && (route.words ?? []).every((word) => query.has(word)),
  )?.action;
}

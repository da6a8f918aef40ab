// Buckets, their objects and their unfinished uploads. One namespace for the whole cloud, as at AWS.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { StateKind } from '../../states.ts';

export interface StoredObject {
  readonly key: string;
  readonly length: number;
  /** With its quotes. */
  readonly etag: string;
  readonly modifiedAtMs: number;
  /** Content-Type, x-amz-meta-*, and the checksums that came with it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when it was too large to be kept. */
  readonly bytes: Buffer | undefined;
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** By part number. */
  readonly parts: Map<
    number,
    { readonly length: number; readonly md5: string; readonly bytes: Buffer | undefined }
  >;
}

export interface Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly objects: Map<string, StoredObject>;
  readonly uploads: Map<string, Upload>;
}

const state: StateKind<Map<string, Bucket>> = { name: 'buckets', reach: 'cloud', create: () => new Map() };

export function bucketsOf(call: Call): Map<string, Bucket> {
  return call.stateOf(state);
}

/** Throws unless the bucket exists, is the caller's, and is where the caller says it is. */
export function findBucket(name: string, call: Call): Bucket {
  const bucket = bucketsOf(call).get(name);
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
  if (bucket.accountId !== call.accountId) throw new AwsError('AccessDenied', 'Access Denied');
  if (bucket.region !== call.region) {
    throw new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${call.region}' is wrong; expecting '${bucket.region}'`,
      { headers: { 'x-amz-bucket-region': bucket.region } },
    );
  }
  return bucket;
}

// S3's actions on buckets.
import { AwsError } from '../../aws-error.ts';
import { readXml } from '../../protocols/read-xml.ts';
import { repeated } from '../../xml.ts';
import { type Bucket, bucketsOf, findBucket } from './buckets-state.ts';
import type { S3Action } from './s3-action.ts';
import { emptyReply, xmlReply } from './s3-reply.ts';

export const listBuckets: S3Action = {
  name: 'ListBuckets',
  handle(_request, call) {
    const own = [...bucketsOf(call).values()].filter(({ accountId }) => accountId === call.accountId);
    return xmlReply('ListAllMyBucketsResult', {
      Owner: { ID: call.accountId },
      Buckets: {
        Bucket: repeated(
          own.map(({ name, createdAtMs, region }) => ({
            Name: name,
            CreationDate: new Date(createdAtMs),
            BucketRegion: region,
          })),
        ),
      },
    });
  },
};

export const createBucket: S3Action = {
  name: 'CreateBucket',
  handle({ bucket: name }, call, { bytes }) {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
    }
    const known = bucketsOf(call).get(name);
    if (known) throw taken(known, call.accountId);
    const region = constraintIn(bytes) ?? 'us-east-1';
    if (region !== call.region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    }
    bucketsOf(call).set(name, {
      name,
      accountId: call.accountId,
      region,
      createdAtMs: call.nowMs,
      objects: new Map(),
      uploads: new Map(),
    });
    return emptyReply(200, { location: `/${name}` });
  },
};

export const headBucket: S3Action = {
  name: 'HeadBucket',
  handle: ({ bucket }, call) => emptyReply(200, { 'x-amz-bucket-region': findBucket(bucket, call).region }),
};

export const getBucketLocation: S3Action = {
  name: 'GetBucketLocation',
  handle({ bucket }, call) {
    const { region } = findBucket(bucket, call);
    // The oldest region is called by no name.
    return xmlReply('LocationConstraint', region === 'us-east-1' ? '' : region);
  },
};

export const deleteBucket: S3Action = {
  name: 'DeleteBucket',
  handle({ bucket: name }, call) {
    const bucket = findBucket(name, call);
    if (bucket.objects.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    }
    bucketsOf(call).delete(name);
    return emptyReply(204);
  },
};

function taken({ accountId }: Bucket, caller: string): AwsError {
  return accountId === caller
    ? new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
      )
    : new AwsError('BucketAlreadyExists', 'The requested bucket name is not available.');
}

function constraintIn(body: Buffer | undefined): string | undefined {
  if (!body || body.length === 0) return undefined;
  const content = readXml(body.toString('utf8'));
  const constraint = typeof content === 'string' ? undefined : content['LocationConstraint'];
  return typeof constraint === 'string' && constraint !== '' ? constraint : undefined;
}

// S3 multipart uploads, which clients use by themselves for larger files.
import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { type Bucket, findBucket, type Upload } from './buckets-state.ts';
import { keptHeaders } from './objects.ts';
import type { S3Action, S3Request } from './s3-action.ts';
import { emptyReply, xmlReply } from './s3-reply.ts';

export const createMultipartUpload: S3Action = {
  name: 'CreateMultipartUpload',
  handle({ bucket, key, headers }, call) {
    const id = call.random.hex(32);
    findBucket(bucket, call).uploads.set(id, { id, key, headers: keptHeaders(headers), parts: new Map() });
    return xmlReply('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id });
  },
};

export const uploadPart: S3Action = {
  name: 'UploadPart',
  prepare: (request, call) => void findUpload(request, call),
  handle(request, call, { length, md5, bytes, checksums }) {
    const number = Number(request.query.get('partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    }
    findUpload(request, call).upload.parts.set(number, { length, md5, bytes });
    return emptyReply(200, { etag: `"${md5}"`, ...checksums });
  },
};

/** Takes all parts that were uploaded, in the order of their numbers. */
export const completeMultipartUpload: S3Action = {
  name: 'CompleteMultipartUpload',
  handle(request, call) {
    const { bucket, upload } = findUpload(request, call);
    const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    if (parts.length === 0) throw new AwsError('InvalidPart', 'The upload has no parts.');
    const md5s = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, 'hex')));
    const etag = `"${createHash('md5').update(md5s).digest('hex')}-${parts.length}"`;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const bytes = parts.flatMap((part) => part.bytes ?? []);
    bucket.objects.set(upload.key, {
      key: upload.key,
      length,
      etag,
      modifiedAtMs: call.nowMs,
      headers: upload.headers,
      bytes:
        bytes.length === parts.length && length <= call.config.objectBytesKept
          ? Buffer.concat(bytes)
          : undefined,
    });
    bucket.uploads.delete(upload.id);
    return xmlReply('CompleteMultipartUploadResult', { Bucket: bucket.name, Key: upload.key, ETag: etag });
  },
};

export const abortMultipartUpload: S3Action = {
  name: 'AbortMultipartUpload',
  handle(request, call) {
    const { bucket, upload } = findUpload(request, call);
    bucket.uploads.delete(upload.id);
    return emptyReply(204);
  },
};

function findUpload(
  { bucket: name, query }: S3Request,
  call: Call,
): { readonly bucket: Bucket; readonly upload: Upload } {
  const bucket = findBucket(name, call);
  const upload = bucket.uploads.get(query.get('uploadId') ?? '');
  if (!upload) throw new AwsError('NoSuchUpload', 'The specified upload does not exist.');
  return { bucket, upload };
}

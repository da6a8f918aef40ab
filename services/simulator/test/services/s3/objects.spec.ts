import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import { formatAmzDate, presignRequest } from '@cloud-gateway/sigv4';
import { expect } from 'chai';
import { send } from '../../raw-call.ts';
import { expectAwsError, one, region, two, useSimulator } from '../../use-simulator.ts';
import { plainUpload } from './signed-upload.ts';

describe('S3', () => {
  const cloud = useSimulator();
  const Bucket = 'bucket';
  let s3: S3;

  beforeEach(async () => {
    s3 = cloud.client(S3, { forcePathStyle: true });
    await s3.createBucket({ Bucket });
  });

  it('has buckets, each in one region and of one account', async () => {
    expect((await s3.listBuckets({})).Buckets?.map(({ Name }) => Name)).to.deep.equal([Bucket]);
    await s3.headBucket({ Bucket });
    expect((await s3.getBucketLocation({ Bucket })).LocationConstraint ?? '').to.equal('');
    await expectAwsError(s3.createBucket({ Bucket }), 'BucketAlreadyOwnedByYou', 409);
    await expectAwsError(s3.createBucket({ Bucket: 'NO' }), 'InvalidBucketName', 400);

    const elsewhere = cloud.client(S3, { forcePathStyle: true, region: 'eu-west-1' });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await elsewhere.createBucket({ Bucket: 'western', CreateBucketConfiguration });
    expect((await elsewhere.getBucketLocation({ Bucket: 'western' })).LocationConstraint).to.equal(
      'eu-west-1',
    );
    await expectAwsError(s3.listObjectsV2({ Bucket: 'western' }), 'AuthorizationHeaderMalformed', 400);

    const stranger = cloud.client(S3, { forcePathStyle: true, credentials: two });
    expect((await stranger.listBuckets({})).Buckets ?? []).to.deep.equal([]);
    await expectAwsError(stranger.listObjectsV2({ Bucket }), 'AccessDenied', 403);
    await expectAwsError(stranger.createBucket({ Bucket }), 'BucketAlreadyExists', 409);
    await expectAwsError(s3.listObjectsV2({ Bucket: 'none' }), 'NoSuchBucket', 404);
  });

  it('keeps an object with its headers, and gives it back whole and in parts', async () => {
    const Body = 'hello, world';
    await s3.putObject({
      Bucket,
      Key: 'k',
      Body,
      ContentType: 'text/plain',
      Metadata: { note: 'v  two  spaces' },
    });
    const got = await s3.getObject({ Bucket, Key: 'k' });
    expect(await got.Body?.transformToString()).to.equal(Body);
    expect(got).to.deep.include({ ContentType: 'text/plain', ContentLength: 12 });
    expect(got.Metadata).to.deep.equal({ note: 'v  two  spaces' });
    expect(got.ChecksumCRC32).to.be.a('string');

    for (const [Range, text, ContentRange] of [
      ['bytes=0-4', 'hello', 'bytes 0-4/12'],
      ['bytes=7-', 'world', 'bytes 7-11/12'],
      ['bytes=-5', 'world', 'bytes 7-11/12'],
      ['bytes=7-1000', 'world', 'bytes 7-11/12'],
    ] as const) {
      const part = await s3.getObject({ Bucket, Key: 'k', Range });
      expect(await part.Body?.transformToString(), Range).to.equal(text);
      expect(part).to.deep.include({ ContentRange });
    }
    await expectAwsError(s3.getObject({ Bucket, Key: 'k', Range: 'bytes=12-' }), 'InvalidRange', 416);
    expect((await s3.headObject({ Bucket, Key: 'k' })).ContentLength).to.equal(12);
    await expectAwsError(s3.deleteBucket({ Bucket }), 'BucketNotEmpty', 409);
    await s3.deleteObject({ Bucket, Key: 'k' });
    await expectAwsError(s3.getObject({ Bucket, Key: 'k' }), 'NoSuchKey', 404);
    await expectAwsError(s3.headObject({ Bucket, Key: 'k' }), 'NotFound', 404);
    await s3.deleteBucket({ Bucket });
  });

  it('takes keys of any kind, and lists them in pages and folders', async () => {
    const keys = ['a//x/../y', 'a/b c+d', 'a/é&<>"', 'b', 'z/1', 'z/2'];
    for (const Key of keys) await s3.putObject({ Bucket, Key, Body: Key });
    for (const Key of keys) {
      expect(await (await s3.getObject({ Bucket, Key })).Body?.transformToString()).to.equal(Key);
    }

    const listed: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.listObjectsV2({ Bucket, MaxKeys: 4, ContinuationToken });
      listed.push(...(page.Contents?.map(({ Key }) => Key ?? '') ?? []));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(listed).to.deep.equal(keys);

    const folders = await s3.listObjectsV2({ Bucket, Delimiter: '/' });
    expect(folders.CommonPrefixes?.map(({ Prefix }) => Prefix)).to.deep.equal(['a/', 'z/']);
    expect(folders.Contents?.map(({ Key }) => Key)).to.deep.equal(['b']);
    const folder = await s3.listObjectsV2({ Bucket, Prefix: 'z/', StartAfter: 'z/1', EncodingType: 'url' });
    expect(folder.Contents?.map(({ Key }) => Key)).to.deep.equal(['z/2']);
  });

  it('takes a stream, whose checksum comes behind it, and of a large one keeps only the hash', async () => {
    const block = Buffer.alloc(65_536, 'x');
    const blocks = 160;
    const Body = Readable.from(Array.from({ length: blocks }, () => block));
    await s3.putObject({ Bucket, Key: 'large', Body, ContentLength: block.length * blocks });

    expect(cloud.simulator.calls().calls.at(-1)).to.deep.include({
      action: 'PutObject',
      payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      status: 200,
    });
    const md5 = createHash('md5');
    for (let i = 0; i < blocks; i++) md5.update(block);
    const head = await s3.headObject({ Bucket, Key: 'large' });
    expect(head).to.deep.include({ ETag: `"${md5.digest('hex')}"`, ContentLength: block.length * blocks });
    await expectAwsError(s3.getObject({ Bucket, Key: 'large' }), 'NotImplemented', 501);
  });

  it('makes up objects of any length', async () => {
    const { Body, ContentLength } = await s3.getObject({ Bucket, Key: 'synthetic-30000000' });
    let bytes = 0;
    // In Node a body is a stream.
    for await (const piece of Body as Readable) bytes += (piece as Buffer).length;
    expect([ContentLength, bytes]).to.deep.equal([30_000_000, 30_000_000]);
    const part = await s3.getObject({
      Bucket,
      Key: 'synthetic-5000000000000',
      Range: 'bytes=4000000000255-4000000000257',
    });
    const offset = 4_000_000_000_255 % 256;
    expect([...((await part.Body?.transformToByteArray()) ?? [])]).to.deep.equal([
      offset,
      (offset + 1) % 256,
      (offset + 2) % 256,
    ]);
    const head = await s3.headObject({ Bucket, Key: 'synthetic-5000000000000' });
    expect(head.ContentLength).to.equal(5_000_000_000_000);
  });

  it('puts parts together', async () => {
    const Key = 'parts';
    const { UploadId } = await s3.createMultipartUpload({ Bucket, Key, ContentType: 'text/plain' });
    await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 2, Body: 'world' });
    await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 1, Body: 'hello ' });
    const { ETag } = await s3.completeMultipartUpload({ Bucket, Key, UploadId });
    expect(ETag).to.match(/^"[0-9a-f]{32}-2"$/);
    expect(await (await s3.getObject({ Bucket, Key })).Body?.transformToString()).to.equal('hello world');
    await expectAwsError(s3.abortMultipartUpload({ Bucket, Key, UploadId }), 'NoSuchUpload', 404);
  });

  it('refuses a body that is not what its checksum says', async () => {
    await expectAwsError(
      s3.putObject({ Bucket, Key: 'k', Body: 'x', ChecksumCRC32: 'AAAAAA==' }),
      'BadDigest',
      400,
    );
    await expectAwsError(
      s3.putObject({ Bucket, Key: 'k', Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
      'BadDigest',
      400,
    );
  });

  it('refuses what it does not do, instead of doing something else', async () => {
    await expectAwsError(s3.getBucketAcl({ Bucket }), 'NotImplemented', 501);
    await expectAwsError(s3.copyObject({ Bucket, Key: 'k', CopySource: 'bucket/x' }), 'NotImplemented', 501);
  });

  it('finds the bucket in the host', async () => {
    for (const host of [
      'bucket.s3.us-east-1.amazonaws.com',
      'bucket.s3.amazonaws.com',
      'bucket.localhost:4566',
    ]) {
      const pieces = [Buffer.from(host)];
      const call = plainUpload({ url: cloud.url, target: '/key', host, pieces }, 'UNSIGNED-PAYLOAD');
      const answer = await send(cloud.url, call);
      expect(answer.status, answer.body).to.equal(200);
      expect(await (await s3.getObject({ Bucket, Key: 'key' })).Body?.transformToString()).to.equal(host);
    }
    expect(cloud.simulator.calls().calls.map(({ host }) => host)).to.include('bucket.s3.amazonaws.com');
  });

  it('takes presigned requests, for as long as they say', async () => {
    const presign = (method: string) => {
      const headers = { host: new URL(cloud.url).host };
      const target = presignRequest({
        request: { method, target: '/bucket/presigned?x-id=x', headers: Object.entries(headers) },
        credentials: { accessKeyId: one.accessKeyId, secret: { id: 'one', ...one } },
        region,
        service: 's3',
        amzDate: formatAmzDate(cloud.clock.nowMs()),
        expiresSeconds: 60,
      });
      return { method, target, headers };
    };
    expect((await send(cloud.url, { ...presign('PUT'), body: 'secretly' })).status).to.equal(200);
    const get = presign('GET');
    expect((await send(cloud.url, { ...get, body: '' })).body).to.equal('secretly');
    const changed = { ...get, target: get.target.replace('/presigned', '/other'), body: '' };
    expect((await send(cloud.url, changed)).code).to.equal('SignatureDoesNotMatch');
    cloud.clock.advance(61_000);
    const late = await send(cloud.url, { ...get, body: '' });
    expect([late.status, late.code]).to.deep.equal([403, 'AccessDenied']);
    expect(cloud.simulator.calls().calls.at(-1)?.path).to.equal('/bucket/presigned');
  });
});

// S3, which an administrator has allowed: whole objects, streams, parts, presigned URLs, and memory that does not grow.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { S3 } from '@aws-sdk/client-s3';
import { cloudServiceAllowRoute } from '@cloud-gateway/contracts';
import { runCommand, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type IssuedKey, issueKey } from '../../src/csg/issue-key.ts';
import { type Clients, createClients } from '../../src/csg/javascript/clients.ts';
import { presign } from '../../src/csg/javascript/presign.ts';
import { providePython } from '../../src/csg/provide-aws-tools.ts';
import { runAsUser } from '../../src/csg/run-as-user.ts';
import { useProxyWorld } from '../../src/csg/use-proxy-world.ts';

const useS3 = fileURLToPath(new URL('../../../src/csg/boto3/use_s3.py', import.meta.url));
const bucket = 'acceptance';
const megabyte = 1_000_000;

describe('the proxy door: S3', function () {
  this.timeout(60_000);
  const world = useProxyWorld();
  let key: IssuedKey;
  let clients: Clients;
  let s3: S3;

  before(async () => {
    const { gateway, rootPem, administrator } = world();
    await administrator.call(cloudServiceAllowRoute, { params: { cloud: 'ec2', service: 's3' } });
    key = await issueKey(world(), { services: ['s3'] });
    clients = createClients({ proxyUrl: gateway.proxyUrl, rootPem });
    s3 = clients.of(key)(S3);
    await s3.createBucket({ Bucket: bucket });
  });
  after(() => clients?.close());
  afterEach(() => {
    expect(world().gateway.errors()).to.deep.equal([]);
    for (const { accessKeyId, service } of world().simulator.calls().calls) {
      if (service === 's3') expect(accessKeyId).to.equal(world().cloudUser.accessKeyId);
    }
  });

  it('SDK for JavaScript: puts, lists, gets', async () => {
    const Key = 'a//x/ü b+c';
    await s3.putObject({ Bucket: bucket, Key, Body: 'hello', Metadata: { spaces: 'two  of them' } });

    const { Contents } = await s3.listObjectsV2({ Bucket: bucket });
    expect(Contents?.map((each) => each.Key)).to.deep.equal([Key]);
    const { Body, Metadata } = await s3.getObject({ Bucket: bucket, Key });
    expect(await Body?.transformToString()).to.equal('hello');
    expect(Metadata).to.deep.equal({ spaces: 'two  of them' });
  });

  it('SDK for JavaScript: a stream, with its checksum behind it', async () => {
    const bytes = 5 * megabyte;
    await s3.putObject({ Bucket: bucket, Key: 'stream', Body: digits(bytes), ContentLength: bytes });

    const { ETag, ContentLength } = await s3.headObject({ Bucket: bucket, Key: 'stream' });
    expect({ ETag, ContentLength }).to.deep.equal({
      ETag: `"${createHash('md5')
        .update(await buffer(digits(bytes)))
        .digest('hex')}"`,
      ContentLength: bytes,
    });
    const put = world()
      .simulator.calls()
      .calls.findLast(({ action }) => action === 'PutObject');
    expect(put?.payload).to.match(/trailer/i);
  });

  it('its memory does not grow with what passes, up or down', async () => {
    const pass = async (bytes: number) => {
      await s3.putObject({ Bucket: bucket, Key: 'up', Body: digits(bytes), ContentLength: bytes });
      expect(await bytesOf(`synthetic-${bytes}`)).to.equal(bytes);
    };
    await pass(5 * megabyte);
    const memory = await world().gateway.watchMemory();
    await pass(200 * megabyte);

    const grown = await memory.grown();
    expect(grown / megabyte).to.be.lessThan(40);
  });

  it('curl, with presigned URLs', async () => {
    const settings = {
      region: 'us-east-1',
      credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
      requestHandler: clients.requestHandler,
    };
    const put = await presign(settings, { method: 'PUT', bucket, key: 'presigned ü' });
    expect(await curl(put, '-X', 'PUT', '--data-binary', 'by curl')).to.deep.equal({
      status: '200',
      body: '',
    });
    const get = await presign(settings, { method: 'GET', bucket, key: 'presigned ü' });
    expect(await curl(get)).to.deep.equal({ status: '200', body: 'by curl' });
    const forged = await curl(get.replace(/presigned/, 'presigneD'));
    expect(forged.status).to.equal('403');
    expect(forged.body).to.include('SignatureDoesNotMatch');
  });

  it('boto3: puts, lists, gets, 30 MB in parts, presigned URLs', async function () {
    this.timeout(serverStartTimeoutMs * 3);
    const python = await providePython();
    if ('missing' in python) {
      console.log(`      boto3 is skipped: ${python.missing}`);
      return this.skip();
    }
    const { status, stdout, stderr } = await runAsUser(world(), key, [python.program, useS3, bucket]);
    expect(status, stderr).to.equal(0);
    const { get_object: get, put_object: put, old, ...found } = JSON.parse(stdout) as Record<string, string>;

    expect(found).to.deep.include({
      text: 'hello',
      empty: '"d41d8cd98f00b204e9800998ecf8427e"',
      large: [30 * megabyte, '4'],
      synthetic: createHash('sha256')
        .update(Uint8Array.from({ length: 20 * megabyte }, (_, i) => i % 256))
        .digest('hex'),
      range: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
    });
    expect(found['keys']).to.include.members(['folder/ä b+c.txt', 'empty', 'large']);
    const again = ['-X', 'PUT', '--data-binary', 'changed'];
    expect(await curl(String(put), ...again)).to.deep.equal({ status: '200', body: '' });
    expect(await curl(String(get))).to.deep.equal({ status: '200', body: 'changed' });
    const refused = await curl(String(old));
    expect(refused.status).to.match(/^4/);
    expect(refused.body).to.match(/<Message>Signature version 2/);
  });

  /** As its manual says: through the proxy, trusting its root. */
  async function curl(url: string, ...args: readonly string[]) {
    const { gateway, rootFile } = world();
    const { status, stdout, stderr } = await runCommand('curl', [
      ...['-sS', '-x', gateway.proxyUrl, '--cacert', rootFile, '-w', '\n%{http_code}', ...args, url],
    ]);
    expect(status, stderr).to.equal(0);
    const [, body, code] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
    return { status: code, body };
  }

  async function bytesOf(name: string): Promise<number> {
    const { Body } = await s3.getObject({ Bucket: bucket, Key: name });
    let bytes = 0;
    for await (const piece of Body as Readable) bytes += (piece as Buffer).length;
    return bytes;
  }
});

function digits(bytes: number): Readable {
  const piece = Buffer.from('0123456789'.repeat(6500));
  function* pieces() {
    for (let left = bytes; left > 0; left -= piece.length)
      yield piece.subarray(0, Math.min(left, piece.length));
  }
  return Readable.from(pieces(), { objectMode: false });
}

// Bodies of any size go through a process whose memory stays as it is. GATEWAY_STREAM_BYTES tries another size.
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type RecordingUpstream, type Reply, startRecordingUpstream } from './recording-upstream.ts';
import { forgetPeak, residentMemory } from './resources.ts';
import { beginChunked, bytesOf, type Draft, drafts, type Header, headOf, sign } from './signed-request.ts';
import { type SpawnedProxy, spawnProxy } from './spawn-proxy.ts';
import { createGround, type Ground, type SeededKey } from './start-proxy.ts';
import type { TunnelClient } from './tunnel-client.ts';

const megabyte = 1024 * 1024;
const totalBytes = Number(process.env['GATEWAY_STREAM_BYTES'] ?? 100 * megabyte);
const firstBytes = 64 * megabyte;
const addedBytesMax = 40 * megabyte;
const piece = Buffer.alloc(64 * 1024, 'streamed ');
const { s3, s3Get } = drafts;

describe(`a body of ${totalBytes / megabyte} MB`, function () {
  this.timeout(Math.max(serverStartTimeoutMs, totalBytes / 20_000));
  let ground: Ground;
  let upstream: RecordingUpstream;
  let proxy: SpawnedProxy;
  let key: SeededKey;
  let restingBytes: number;
  const clients: TunnelClient[] = [];

  before(async () => {
    ground = await createGround();
    upstream = await startRecordingUpstream({ keepsBodies: false });
    proxy = await spawnProxy({ ground, upstream });
    key = await ground.seedKey();
    const client = await connect();
    // A young process grows with whatever it does; here only what large bodies add is looked at.
    for (let i = 0; i < 1000; i += 1) {
      client.send(bytesOf(sign(s3Get, key)));
      expect((await client.answer()).status).to.equal(200);
    }
    // Nor is what V8 lets lie of freed buffers, some 32 MB, before it collects them for the first time.
    const framing: Header[] = [['content-length', String(firstBytes)]];
    await upload({ ...s3, payload: 'UNSIGNED-PAYLOAD' }, { framing, body: pieces(firstBytes) });
    restingBytes = residentMemory(proxy.pid).nowBytes;
  });
  beforeEach(() => {
    upstream.forget();
    upstream.reply = (_request, socket) =>
      void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    forgetPeak(proxy.pid);
  });
  afterEach(function () {
    for (const client of clients.splice(0)) client.close();
    const { peakBytes } = residentMemory(proxy.pid);
    const addedMegabytes = Math.round((peakBytes - restingBytes) / megabyte);
    if (process.env['GATEWAY_STREAM_BYTES'])
      console.log(`${this.currentTest?.title}: +${addedMegabytes} MB, ${this.currentTest?.duration} ms`);
    expect(addedMegabytes, 'MB added').to.be.at.most(addedBytesMax / megabyte);
  });
  after(async () => {
    if (proxy) expect(await proxy.stop()).to.deep.equal({ status: 0, signal: null });
    await upstream?.stop();
    await ground?.remove();
  });

  async function connect(): Promise<TunnelClient> {
    const client = await proxy.connect(s3.host);
    clients.push(client);
    return client;
  }

  async function upload(
    draft: Draft,
    { framing, body }: { framing: readonly Header[]; body: Iterable<Buffer> },
  ) {
    const client = await connect();
    client.send(headOf(sign(draft, key, { unsigned: framing })));
    await sendAll(client.tls, body);
    return client.answer();
  }

  it('goes up with its hash declared', async () => {
    const draft: Draft = { ...s3, payload: { sha256: sha256Of(pieces(totalBytes)) } };
    const framing: Header[] = [['content-length', String(totalBytes)]];
    expect((await upload(draft, { framing, body: pieces(totalBytes) })).status).to.equal(200);
    expect(upstream.requests.at(-1)).to.include({ bodyBytes: totalBytes });
  });

  it('goes up unsigned', async () => {
    const draft: Draft = { ...s3, payload: 'UNSIGNED-PAYLOAD' };
    const framing: Header[] = [['content-length', String(totalBytes)]];
    expect((await upload(draft, { framing, body: pieces(totalBytes) })).status).to.equal(200);
    expect(upstream.requests.at(-1)).to.include({ bodySha256: sha256Of(pieces(totalBytes)) });
  });

  it('goes up in chunks with a trailer', async () => {
    const draft: Draft = {
      ...s3,
      headers: [
        ['content-encoding', 'aws-chunked'],
        ['x-amz-decoded-content-length', String(totalBytes)],
        ['x-amz-trailer', 'x-amz-checksum-crc32'],
      ],
      payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    };
    const framing: Header[] = [['transfer-encoding', 'chunked']];
    const answer = await upload(draft, { framing, body: asChunks(asAwsChunks(totalBytes)) });
    expect(answer.status).to.equal(200);
    expect(upstream.requests.at(-1)?.bodySha256).to.equal(sha256Of(asAwsChunks(totalBytes)));
  });

  it('goes up with each chunk signed', async () => {
    const client = await connect();
    const { request, chunk } = beginChunked(s3, key, { decodedBytes: totalBytes });
    const chunkBytes = (size: number) =>
      size.toString(16).length + ';chunk-signature='.length + 64 + 4 + size;
    const whole = Math.floor(totalBytes / piece.length);
    const rest = totalBytes % piece.length;
    const length = whole * chunkBytes(piece.length) + (rest > 0 ? chunkBytes(rest) : 0) + chunkBytes(0);
    client.send(headOf({ ...request, headers: [...request.headers, ['content-length', String(length)]] }));
    await sendAll(client.tls, mapped([pieces(totalBytes), [Buffer.alloc(0)]], chunk));
    expect((await client.answer()).status).to.equal(200);
    expect(upstream.requests.at(-1)).to.include({ bodyBytes: length });
  });

  for (const framing of ['length', 'chunked', 'until the end'] as const) {
    it(`comes down (${framing})`, async () => {
      upstream.reply = download(framing);
      const client = await connect();
      client.tls.removeAllListeners('data');
      const counted = countTo(client.tls, totalBytes);
      client.send(bytesOf(sign(s3Get, key)));
      await counted;
    });
  }

  it('comes down to a client that stops reading, and waits for him', async () => {
    upstream.reply = download('length');
    // Connections are used again: what went over them before does not count.
    const written = () => upstream.peers.reduce((sum, { socket }) => sum + socket.bytesWritten, 0);
    const before = written();
    const sent = () => written() - before;
    const client = await connect();
    client.tls.removeAllListeners('data');
    client.send(bytesOf(sign(s3Get, key)));
    client.tls.pause();
    await eventually(() => sent() > megabyte);
    let last = -1;
    await eventually(
      () => {
        const isStill = sent() === last;
        last = sent();
        return isStill;
      },
      { intervalMs: 300 },
    );
    expect(sent()).to.be.below(40 * megabyte);
    client.tls.resume();
    await countTo(client.tls, totalBytes);
  });

  it('goes up to a cloud that stops reading, and waits for it', async () => {
    upstream.onHead = (_head, { socket }) => void socket.pause();
    const client = await connect();
    const draft: Draft = { ...s3, payload: 'UNSIGNED-PAYLOAD' };
    client.send(headOf(sign(draft, key, { unsigned: [['content-length', String(totalBytes)]] })));
    const sending = sendAll(client.tls, pieces(totalBytes));
    let last = -1;
    await eventually(
      () => {
        const isStill = upstream.heads === 1 && client.tls.bytesWritten === last;
        last = client.tls.bytesWritten;
        return isStill;
      },
      { intervalMs: 300 },
    );
    expect(last).to.be.below(40 * megabyte);
    for (const { socket } of upstream.peers) socket.resume();
    upstream.onHead = undefined;
    await sending;
    expect((await client.answer()).status).to.equal(200);
  });
});

function download(framing: 'length' | 'chunked' | 'until the end'): Reply {
  const heads = {
    length: `content-length: ${totalBytes}\r\n`,
    chunked: 'transfer-encoding: chunked\r\n',
    'until the end': '',
  };
  return (_request, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${heads[framing]}\r\n`);
    const body = framing === 'chunked' ? asChunks(pieces(totalBytes)) : pieces(totalBytes);
    const end = framing === 'until the end' ? () => socket.end() : () => undefined;
    sendAll(socket, body).then(end, () => undefined);
  };
}

function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= piece.length)
    yield left < piece.length ? piece.subarray(0, left) : piece;
}

function* asChunks(body: Iterable<Buffer>): Generator<Buffer> {
  for (const data of body)
    yield Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
  yield Buffer.from('0\r\n\r\n');
}

/** What boto3 uploads: its own chunks, a checksum behind them. */
function* asAwsChunks(bytes: number): Generator<Buffer> {
  for (const data of pieces(bytes))
    yield Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
  yield Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n');
}

function* mapped(groups: readonly Iterable<Buffer>[], map: (data: Buffer) => Buffer): Generator<Buffer> {
  for (const group of groups) for (const data of group) yield map(data);
}

function sha256Of(body: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const data of body) hash.update(data);
  return hash.digest('hex');
}

/** No faster than the other side takes it. Rejects when that goes away. */
async function sendAll(socket: Socket, body: Iterable<Buffer>): Promise<void> {
  for (const data of body) {
    if (socket.destroyed) throw new Error('the other side went away');
    if (socket.write(data)) continue;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done);
        socket.off('close', done);
        resolve();
      };
      socket.once('drain', done);
      socket.once('close', done);
    });
  }
}

function countTo(socket: TLSSocket, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = 0;
    socket.on('data', (data: Buffer) => {
      received += data.length;
      if (received >= bytes) resolve();
    });
    socket.once('close', () => reject(new Error(`closed after ${received} bytes`)));
  });
}

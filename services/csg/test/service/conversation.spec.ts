// HTTP/1.1 between client, proxy and cloud: what may be said, in which order, and what becomes of it when one of them
// leaves.
import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectRetryableShape } from './expect-error-shape.ts';
import { answerOk, type ReceivedRequest } from './recording-upstream.ts';
import { bytesOf, type Draft, drafts, headerOf, headOf, sign } from './signed-request.ts';
import { startProxy, type TestProxy } from './start-proxy.ts';
import type { TunnelClient } from './tunnel-client.ts';

const { json, s3, s3Get, query } = drafts;
const largeBody = randomBytes(700_000);
const largePut: Draft = { ...s3, body: largeBody };

describe('a conversation through the proxy', function () {
  this.timeout(serverStartTimeoutMs);
  let proxy: TestProxy;
  const clients: TunnelClient[] = [];

  before(async () => {
    proxy = await startProxy({ settings: { GATEWAY_CSG_IDLE_TIMEOUT_MS: '1000' } });
  });
  beforeEach(() => {
    proxy.upstream.forget();
    proxy.upstream.reply = answerOk;
    proxy.upstream.onHead = undefined;
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });
  after(async () => {
    await proxy?.stop();
  });

  async function connect(host: string): Promise<TunnelClient> {
    const client = await proxy.connect(host);
    clients.push(client);
    return client;
  }

  function replyWith(text: string | Buffer, then?: (socket: Socket) => void): void {
    proxy.upstream.reply = (_request, socket) => {
      socket.write(text);
      then?.(socket);
    };
  }

  /** The upstream has closed its side of every connection, and the proxy knows. */
  async function recordOf(id: string | undefined) {
    return eventually(async () => {
      const calls = await proxy.ground.storedCalls(proxy.key, 1);
      return calls.find((call) => call.id === id);
    });
  }

  describe('Expect: 100-continue', () => {
    const unsigned = [['expect', '100-continue']] as const;

    it('is relayed for a body that streams, and the 100 of the cloud as well', async () => {
      const client = await connect(s3.host);
      const request = sign(largePut, proxy.key, { unsigned });
      let askedCloud = false;
      proxy.upstream.onHead = (head, { socket }) => {
        askedCloud = /^expect: 100-continue$/im.test(head);
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      };
      client.send(headOf(request));
      expect((await client.answer()).status).to.equal(100);
      expect(askedCloud).to.equal(true);
      client.send(request.body);
      expect((await client.answer()).status).to.equal(200);
      expect(proxy.upstream.requests.at(-1)?.body.equals(largeBody)).to.equal(true);
    });

    it('is answered by the proxy itself for a body that it checks first', async () => {
      const client = await connect(s3.host);
      const request = sign(s3, proxy.key, { unsigned });
      client.send(headOf(request));
      expect((await client.answer()).status).to.equal(100);
      expect(proxy.upstream.heads).to.equal(0);
      client.send(request.body);
      expect((await client.answer()).status).to.equal(200);
    });

    it('does not wait for ever for a cloud that says nothing before it has the body', async () => {
      const client = await connect(s3.host);
      const request = sign(largePut, proxy.key, { unsigned });
      client.send(headOf(request));
      expect((await client.answer()).status).to.equal(100);
      client.send(request.body);
      expect((await client.answer()).status).to.equal(200);
      expect(proxy.upstream.requests.at(-1)?.body.equals(largeBody)).to.equal(true);
    });

    it('is not answered to whoever does not hold the key', async () => {
      const client = await connect(s3.host);
      client.send(headOf(sign(largePut, { ...proxy.key, secret: 'another one' }, { unsigned })));
      const answer = await client.answer();
      expect(answer.status).to.equal(403);
      expect(answer.headers['connection']).to.equal('close');
      expect(proxy.upstream.heads).to.equal(0);
    });

    it('ends with the final answer, when the cloud gives that at once', async () => {
      const client = await connect(s3.host);
      proxy.upstream.onHead = (_head, { socket }) => {
        socket.write(
          'HTTP/1.1 307 Temporary Redirect\r\nLocation: https://elsewhere/\r\nContent-Length: 0\r\n\r\n',
        );
      };
      client.send(headOf(sign(largePut, proxy.key, { unsigned })));
      const answer = await client.answer();
      expect(answer.status).to.equal(307);
      expect(answer.headers['location']).to.equal('https://elsewhere/');
      expect(answer.headers['connection']).to.equal('close');
      await client.closed();
    });
  });

  describe('answers', () => {
    it('without a body: HEAD, 204, 304', async () => {
      const client = await connect(s3Get.host);
      const before = proxy.upstream.peers.length;
      const head: Draft = { ...s3Get, method: 'HEAD' };
      replyWith('HTTP/1.1 200 OK\r\nContent-Length: 1234567\r\nETag: "x"\r\n\r\n');
      client.send(bytesOf(sign(head, proxy.key)));
      expect((await client.answer({ isHead: true })).headers).to.include({
        'content-length': '1234567',
        etag: '"x"',
      });
      for (const status of [204, 304]) {
        replyWith(`HTTP/1.1 ${status} Nothing\r\nContent-Length: 77\r\n\r\n`);
        client.send(bytesOf(sign(s3Get, proxy.key)));
        expect((await client.answer()).status).to.equal(status);
      }
      replyWith('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      client.send(bytesOf(sign(s3Get, proxy.key)));
      expect((await client.answer()).text).to.equal('ok');
      expect(proxy.upstream.peers.length, 'one connection to the cloud for all').to.be.at.most(before + 1);
    });

    it('in chunks, with a trailer', async () => {
      const client = await connect(s3Get.host);
      replyWith(
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nx-t: 1\r\n\r\n',
      );
      client.send(bytesOf(sign(s3Get, proxy.key)));
      await eventually(() => client.unread.includes('x-t: 1\r\n\r\n'));
      expect(client.unread.toString('latin1')).to.include('3\r\nabc\r\n2\r\nde\r\n0\r\nx-t: 1\r\n\r\n');
    });

    it('without a length get one in chunks, and the connection goes on', async () => {
      const client = await connect(s3Get.host);
      replyWith('HTTP/1.1 200 OK\r\n\r\nuntil the end', (socket) => socket.end());
      for (let i = 0; i < 2; i += 1) {
        client.send(bytesOf(sign(s3Get, proxy.key)));
        expect((await client.answer()).text).to.equal('until the end');
      }
    });

    it('in between are passed over', async () => {
      const client = await connect(s3Get.host);
      replyWith(
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
      );
      client.send(bytesOf(sign(s3Get, proxy.key)));
      expect((await client.answer()).text).to.equal('x');
    });

    it('that say Connection: close do not close the client’s', async () => {
      const client = await connect(s3Get.host);
      replyWith('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx', (socket) =>
        socket.end(),
      );
      for (let i = 0; i < 3; i += 1) {
        client.send(bytesOf(sign(s3Get, proxy.key)));
        const answer = await client.answer();
        expect(answer.status).to.equal(200);
        expect(answer.headers).to.not.have.property('connection');
      }
    });

    it('come in the order of the requests, when those were sent all at once', async () => {
      const client = await connect(json.host);
      proxy.upstream.reply = ({ body }, socket) =>
        void setTimeout(
          () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
          5,
        );
      const bodies = Array.from({ length: 20 }, (_, number) => `{"number":${number}}`);
      const requests = bodies.map((body) => bytesOf(sign({ ...json, body: Buffer.from(body) }, proxy.key)));
      client.send(Buffer.concat(requests));
      for (const body of bodies) expect((await client.answer()).text).to.equal(body);
    });

    it('that take longer than a body may stand still are waited for', async () => {
      const client = await connect(json.host);
      proxy.upstream.reply = (request, socket) => void setTimeout(() => answerOk(request, socket), 2500);
      client.send(bytesOf(sign(json, proxy.key)));
      expect((await client.answer()).status).to.equal(200);
    });

    it('that begin before the whole body has come end the connection', async () => {
      const client = await connect(s3.host);
      proxy.upstream.onHead = (_head, { socket }) => {
        socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
      };
      const request = sign(largePut, proxy.key);
      client.send(headOf(request)).send(request.body.subarray(0, 300_000));
      const answer = await client.answer();
      expect(answer.status).to.equal(403);
      expect(answer.headers['connection']).to.equal('close');
      await client.closed();
      expect(proxy.upstream.requests).to.have.length(0);
    });
  });

  describe('chunked requests', () => {
    it('are checked whole where nothing else says what they are', async () => {
      const client = await connect(json.host);
      const request = sign(json, proxy.key, { unsigned: [['transfer-encoding', 'chunked']] });
      const size = request.body.length.toString(16);
      client.send(headOf(request)).send(`${size}\r\n`).send(request.body).send('\r\n0\r\n\r\n');
      expect((await client.answer()).status).to.equal(200);
      expect(proxy.upstream.requests.at(-1)?.body.equals(request.body)).to.equal(true);
    });

    it('stream with trailers that are not signed (what boto3 uploads)', async () => {
      const client = await connect(s3.host);
      const framed = Buffer.from('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
      const draft: Draft = {
        ...s3,
        headers: [
          ['content-encoding', 'aws-chunked'],
          ['x-amz-decoded-content-length', '5'],
          ['x-amz-trailer', 'x-amz-checksum-crc32'],
        ],
        body: framed,
        payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      };
      const request = sign(draft, proxy.key, { unsigned: [['transfer-encoding', 'chunked']] });
      client
        .send(headOf(request))
        .send(`${framed.length.toString(16)}\r\n`)
        .send(framed)
        .send('\r\n0\r\n\r\n');
      expect((await client.answer()).status).to.equal(200);
      expect(proxy.upstream.requests.at(-1)?.body.equals(framed)).to.equal(true);
    });

    it('that are no chunks are refused', async () => {
      const client = await connect(json.host);
      const request = sign(json, proxy.key, { unsigned: [['transfer-encoding', 'chunked']] });
      client.send(headOf(request)).send('5;ext=1\r\nhello\r\n0\r\n\r\n');
      expect((await client.answer()).status).to.equal(400);
      await client.closed();
      expect(proxy.upstream.heads).to.equal(0);
    });
  });

  describe('when the cloud leaves', () => {
    async function warmUp(client: TunnelClient, draft: Draft): Promise<void> {
      client.send(bytesOf(sign(draft, proxy.key)));
      expect((await client.answer()).status).to.equal(200);
    }

    /** The next request on a connection that is not new is met by its end. */
    function breakOnce(): { broken: ReceivedRequest[] } {
      const met = { broken: [] as ReceivedRequest[] };
      proxy.upstream.reply = (request, socket) => {
        if (met.broken.length > 0) return answerOk(request, socket);
        met.broken.push(request);
        socket.destroy();
      };
      return met;
    }

    it('an idle connection, the next call takes a new one', async () => {
      const client = await connect(json.host);
      await warmUp(client, json);
      for (const { socket } of proxy.upstream.peers) socket.end();
      await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
      await warmUp(client, json);
    });

    it('at the moment of a GET, that is sent once more', async () => {
      const client = await connect(s3Get.host);
      await warmUp(client, s3Get);
      const { broken } = breakOnce();
      await warmUp(client, s3Get);
      expect(broken).to.have.length(1);
    });

    it('at the moment of a POST, that is not', async () => {
      const client = await connect(query.host);
      await warmUp(client, query);
      const { broken } = breakOnce();
      client.send(bytesOf(sign(query, proxy.key)));
      expectRetryableShape(await client.answer(), 'query');
      expect(broken).to.have.length(1);
      expect(proxy.upstream.requests).to.have.length(2);
    });

    it('instead of answering on a new connection, nothing is repeated', async () => {
      const client = await connect(s3Get.host);
      let requests = 0;
      proxy.upstream.reply = (_request, socket) => {
        requests += 1;
        socket.destroy();
      };
      for (const peer of proxy.upstream.peers) peer.socket.destroy();
      await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
      client.send(bytesOf(sign(s3Get, proxy.key)));
      expectRetryableShape(await client.answer(), 's3Get');
      expect(requests).to.equal(1);
    });

    it('in the middle of an answer, so does the proxy', async () => {
      const replies: Record<string, string> = {
        'with a length': 'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthe beginning',
        'in chunks': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
        'in broken chunks': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n',
      };
      for (const [name, text] of Object.entries(replies)) {
        const client = await connect(s3Get.host);
        replyWith(text, (socket) => setTimeout(() => socket.end(), 20));
        client.send(bytesOf(sign(s3Get, proxy.key)));
        await client.closed();
        expect(client.unread.toString('latin1'), name).to.not.match(/\r\n0\r\n\r\n$/);
        const [, id] = /x-cloud-gateway-call-id: (\S+)/.exec(client.unread.toString('latin1')) ?? [];
        expect(await recordOf(id), name).to.include({
          outcome: 'failed',
          refusal: 'upstream-broke-off',
          status: 200,
        });
      }
    });

    it('HTTP, an answer that SDKs repeat', async () => {
      const garbage: Record<string, string | Buffer> = {
        noise: randomBytes(200),
        'another protocol': 'SSH-2.0-OpenSSH_9.2\r\n\r\n',
        'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok',
        'a length and chunks': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok',
        'a folded header': 'HTTP/1.1 200 OK\r\nx-a: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok',
        'a head without an end': `HTTP/1.1 200 OK\r\n${'x-a: 1\r\n'.repeat(20_000)}`,
        'another protocol to switch to': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
        nothing: '',
      };
      for (const [name, text] of Object.entries(garbage)) {
        const client = await connect(query.host);
        replyWith(text, (socket) => socket.end());
        client.send(bytesOf(sign(query, proxy.key)));
        const answer = await client.answer().catch((err: Error) => expect.fail(`${name}: ${err.message}`));
        expectRetryableShape(answer, 'query');
      }
    });

    it('bytes that nobody asked for behind an answer, its connection is not used again', async () => {
      const client = await connect(s3Get.host);
      replyWith(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
      );
      for (let i = 0; i < 3; i += 1) {
        client.send(bytesOf(sign(s3Get, proxy.key)));
        expect((await client.answer()).text).to.equal('ok');
      }
      expect(client.unread).to.have.length(0);
    });
  });

  describe('when the client leaves', () => {
    it('in the middle of an upload, the cloud’s connection is reset: it must not take that for the end', async () => {
      for (const framing of ['length', 'chunked'] as const) {
        proxy.upstream.forget();
        const client = await connect(s3.host);
        const unsigned = framing === 'chunked' ? ([['transfer-encoding', 'chunked']] as const) : [];
        const request = sign(largePut, proxy.key, { unsigned });
        client.send(headOf(request));
        client.send(framing === 'chunked' ? 'aae60\r\n' : '').send(request.body.subarray(0, 400_000));
        await eventually(() => proxy.upstream.heads === 1);
        client.close();
        await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
        expect(proxy.upstream.requests).to.have.length(0);
        const text = Buffer.concat(proxy.upstream.peers.flatMap(({ pieces }) => pieces)).toString('latin1');
        expect(text.endsWith('0\r\n\r\n'), 'an end of chunks').to.equal(false);
      }
    });

    it('while it waits for its answer, the call is given up', async () => {
      const client = await connect(s3Get.host);
      proxy.upstream.reply = () => undefined;
      client.send(bytesOf(sign(s3Get, proxy.key)));
      await eventually(() => proxy.upstream.requests.length === 1);
      client.close();
      await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
    });

    it('in the middle of a download, the cloud’s connection ends too', async () => {
      const client = await connect(s3Get.host);
      const piece = Buffer.alloc(65_536);
      proxy.upstream.reply = (_request, socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(piece));
        };
        socket.on('drain', more);
        more();
      };
      client.send(bytesOf(sign(s3Get, proxy.key)));
      await eventually(() => client.unread.length > 200_000);
      client.close();
      await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
    });
  });

  it('stands still no longer than it may: a client that stops in its body is cut off', async () => {
    const client = await connect(s3.host);
    const request = sign(largePut, proxy.key);
    client.send(headOf(request)).send(request.body.subarray(0, 1000));
    await client.closed();
    await eventually(() => proxy.upstream.peers.every(({ socket }) => socket.destroyed));
    expect(proxy.upstream.requests).to.have.length(0);
  });

  it('is the same in endpoint mode: the signature says where a call goes', async () => {
    const client = await proxy.connect('localhost', { mode: 'endpoint' });
    clients.push(client);
    const pathStyle: Draft = { ...s3Get, target: '/my-bucket/key' };
    for (const [draft, host] of [
      [json, 'dynamodb.us-east-1.amazonaws.com'],
      [query, 'sns.us-east-1.amazonaws.com'],
      [pathStyle, 's3.us-east-1.amazonaws.com'],
    ] as const) {
      const own = { ...draft, host: `localhost:${proxy.port}` };
      client.send(bytesOf(sign(own, proxy.key)));
      expect((await client.answer()).status).to.equal(200);
      const { headers, body } = proxy.upstream.requests.at(-1) ?? { headers: [], body: undefined };
      expect(headerOf(headers, 'host')).to.equal(host);
      expect(body).to.deep.equal(draft.body);
      client.send(bytesOf(sign(own, { ...proxy.key, secret: 'another one' })));
      expect((await client.answer()).status).to.be.within(400, 403);
    }
  });

  it('brings through what it carries: 5 MB each way, byte for byte', async () => {
    const client = await connect(s3.host);
    const body = randomBytes(5_000_000);
    const sha256 = createHash('sha256').update(body).digest('hex');
    proxy.upstream.reply = (request, socket) => {
      expect(request.bodySha256).to.equal(sha256);
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${request.body.length}\r\n\r\n`);
      socket.write(request.body);
    };
    client.send(bytesOf(sign({ ...s3, body }, proxy.key)));
    const answer = await client.answer();
    expect(createHash('sha256').update(answer.body).digest('hex')).to.equal(sha256);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  createWebhookPoster,
  type PosterOptions,
  type PostResult,
  type WebhookPoster,
} from '../../src/webhooks/post-webhook.ts';
import { type Answer, type Receiver, startReceiver, takeIt } from './receiver.ts';

describe('createWebhookPoster', function () {
  this.timeout(20_000);
  const posters: WebhookPoster[] = [];
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());
  afterEach(() => {
    for (const poster of posters.splice(0)) poster.close();
    receiver.posts.length = 0;
  });

  function posterWith(options: Partial<PosterOptions> = {}): WebhookPoster {
    const poster = createWebhookPoster({ allowPrivate: true, ...options });
    posters.push(poster);
    return poster;
  }
  function post(
    poster: WebhookPoster,
    { url = receiver.url, timeoutMs = 10_000, signal = new AbortController().signal } = {},
  ): Promise<PostResult> {
    const body = Buffer.from('{"account":"a"}');
    const headers = { 'content-length': String(body.length), 'webhook-id': 'evt_1' };
    return poster.post({ url: new URL(url), headers, body, timeoutMs, signal });
  }
  async function answeredBy(answer: Answer, timeoutMs?: number): Promise<PostResult> {
    receiver.answer = answer;
    return post(posterWith(), timeoutMs === undefined ? {} : { timeoutMs });
  }

  it('posts the body as it is, and tells the status', async () => {
    const result = await answeredBy((_post, response) => {
      response.writeHead(202, { 'retry-after': '3' }).end('thank you');
    });

    expect(result).to.deep.equal({ kind: 'answered', status: 202, retryAfter: '3' });
    expect(receiver.posts.map(({ body, path: at }) => [at, body])).to.deep.equal([
      ['/hook', '{"account":"a"}'],
    ]);
  });

  it('does not follow a redirect', async () => {
    const result = await answeredBy((_post, response) => {
      response.writeHead(307, { location: receiver.url }).end();
    });

    expect(result).to.include({ kind: 'answered', status: 307 });
    expect(receiver.posts).to.have.length(1);
  });

  it('gives up on a receiver that does not answer', async () => {
    const result = await answeredBy(() => undefined, 100);

    expect(result).to.deep.equal({ kind: 'timeout', reason: 'no answer within 0.1 s' });
  });

  it('gives up on a receiver that wants to speak another protocol', async () => {
    const result = await answeredBy((_post, _response, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    }, 1_000);

    expect(result).to.include({ kind: 'answered', status: 101 });
  });

  it('gives up on a receiver that dies half way, before its status is there', async () => {
    const result = await answeredBy((_post, _response, socket) => {
      socket.write('HTTP/1.1 20');
      socket.destroy();
    });

    expect(result).to.include({ kind: 'unreachable' });
  });

  it('takes a status for what it is, though the body never ends', async () => {
    let closed = 0;
    const result = await answeredBy((_post, response) => {
      response.writeHead(200);
      const writing = setInterval(() => response.write('x'.repeat(50_000)), 1);
      response.on('close', () => {
        clearInterval(writing);
        closed += 1;
      });
    });

    expect(result).to.include({ kind: 'answered', status: 200 });
    await eventually(() => closed === 1);
  });

  it('uses a connection again, and another when it was closed in that moment', async () => {
    const poster = posterWith();
    const sockets = new Set<unknown>();
    let isFirst = true;
    receiver.answer = (_post, response, socket) => {
      const isKnown = sockets.has(socket);
      sockets.add(socket);
      if (isKnown && isFirst) {
        isFirst = false;
        socket.resetAndDestroy();
      } else response.writeHead(200).end();
    };

    await eventually(async () => {
      expect(await post(poster)).to.include({ kind: 'answered', status: 200 });
      return !isFirst;
    });
    expect(sockets.size).to.be.greaterThan(1);
  });

  it('says what is wrong when nobody listens, and when it is stopped', async () => {
    const closed = await startReceiver();
    await closed.close();
    expect(await post(posterWith(), { url: closed.url })).to.deep.equal({
      kind: 'unreachable',
      reason: 'the connection was refused: does the receiver run?',
    });

    const stopping = new AbortController();
    receiver.answer = () => stopping.abort();
    expect(await post(posterWith(), { signal: stopping.signal })).to.include({ kind: 'unreachable' });
    receiver.answer = takeIt;
  });

  describe('when private addresses are not allowed', () => {
    let lookups: string[] = [];
    beforeEach(() => {
      lookups = [];
    });
    const resolve = async (hostname: string) => {
      lookups.push(hostname);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const https = () => receiver.url.replace('http:', 'https:');

    for (const [what, urlOf] of [
      ['an address in numbers', https],
      ['http', () => receiver.url],
      ['a name that leads inside', () => https().replace('127.0.0.1', 'rebound.example')],
    ] as const)
      it(`connects to nothing: ${what}`, async () => {
        const result = await post(posterWith({ allowPrivate: false, resolve }), { url: urlOf() });

        expect(result).to.include({ kind: 'forbidden-address' });
        expect(receiver.posts).to.have.length(0);
      });

    it('asks again where a name leads, at each connection', async () => {
      const poster = posterWith({ allowPrivate: false, resolve });
      const url = https().replace('127.0.0.1', 'rebound.example');
      await post(poster, { url });
      await post(poster, { url });

      expect(lookups).to.deep.equal(['rebound.example', 'rebound.example']);
    });
  });

  it('connects to the address that was checked, of a name with several', async () => {
    receiver.answer = takeIt;
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const url = receiver.url.replace('127.0.0.1', 'receiver.example');

    expect(await post(posterWith({ resolve }), { url })).to.include({ kind: 'answered', status: 204 });
    expect(receiver.posts[0]?.headers.host).to.equal(`receiver.example:${receiver.port}`);
  });

  it('trusts the certificates of public authorities, and of those that it is given', async () => {
    const tls = await selfSigned();
    const secure = await startReceiver(tls);
    try {
      expect(await post(posterWith(), { url: secure.url })).to.include({ kind: 'unreachable' });
      expect(secure.posts).to.have.length(0);
      expect(await post(posterWith({ ca: tls.cert }), { url: secure.url })).to.include({
        kind: 'answered',
        status: 204,
      });
    } finally {
      await secure.close();
    }
  });
});

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-'));
  try {
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const { status, stderr } = await runCommand('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=receiver'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ]);
    if (status !== 0) throw new Error(stderr);
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

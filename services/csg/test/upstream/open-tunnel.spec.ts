import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { openTunnel } from '../../src/upstream/open-tunnel.ts';
import { upstreamFailure } from './upstream-failure.ts';
import { startUpstreamProxyServer, type UpstreamProxyServer } from './upstream-proxy-server.ts';

const password = 'Basic bm9ib2R5LW1heS1zZWUtdGhpcw==';
const target = { host: 'sts.amazonaws.com', port: 443 };

describe('openTunnel', () => {
  let proxy: UpstreamProxyServer;
  let socket: Socket;
  afterEach(async () => {
    socket.destroy();
    await proxy.close();
  });

  async function tunnelWith(
    answer: readonly string[] | 'close' | undefined,
    {
      withinMs = 60_000,
      signal = new AbortController().signal,
      authorization = undefined as string | undefined,
    } = {},
  ): Promise<void> {
    proxy = await startUpstreamProxyServer({ answer: () => answer });
    socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => {});
    const address = { host: '127.0.0.1', port: proxy.port, authorization };
    await openTunnel(socket, { proxy: address, target, withinMs, signal });
  }

  it('asks for host and port, and logs in', async () => {
    await tunnelWith(['HTTP/1.1 200 OK\r\n\r\n'], { authorization: password });

    expect(proxy.asked).to.deep.equal([
      `CONNECT sts.amazonaws.com:443 HTTP/1.1\r\nHost: sts.amazonaws.com:443\r\nProxy-Authorization: ${password}\r\n\r\n`,
    ]);
  });

  it('leaves no listener on the socket', async () => {
    await tunnelWith(['HTTP/1.1 200 OK\r\n\r\n']);

    expect(socket.listenerCount('data')).to.equal(0);
    expect(socket.listenerCount('error')).to.equal(1);
  });

  for (const [what, answer] of [
    ['HTTP/1.0 and headers', ['HTTP/1.0 200 Connection established\r\nProxy-agent: a\r\n\r\n']],
    ['an answer in pieces', ['HTTP/1.', '1 200 OK\r\n', '\r', '\n']],
  ] as const) {
    it(`takes ${what}`, async () => {
      await tunnelWith(answer);
    });
  }

  for (const [what, answer, message] of [
    ['407', ['HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n'], 'refused our user and password (407)'],
    [
      '403 with a page',
      ['HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\nno'],
      'answered 403 when asked for sts.amazonaws.com:443',
    ],
    ['204', ['HTTP/1.1 204 Nothing\r\n\r\n'], 'answered 204'],
    ['what is not HTTP', ['220 mail.example ESMTP\r\n\r\n'], 'not HTTP'],
    ['a folded line', ['HTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n'], 'not HTTP'],
    ['bytes that nobody asked for', ['HTTP/1.1 200 OK\r\n\r\n\x16'], 'not HTTP'],
    ['a head without end', [`HTTP/1.1 200 OK\r\na: ${'x'.repeat(20_000)}`], 'not HTTP'],
    ['no answer but a close', 'close', 'closed the connection without an answer'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const error = await upstreamFailure(tunnelWith(answer, { authorization: password }));

      expect(error.kind).to.equal('proxy');
      expect(error.message).to.match(/^the upstream proxy 127\.0\.0\.1:\d+ /);
      expect(error.message).to.include(message);
      expect(error.message).not.to.include(password);
      expect(socket.destroyed).to.equal(true);
    });
  }

  it('gives up in time, and when told to', async () => {
    expect(await upstreamFailure(tunnelWith(undefined, { withinMs: 20 }))).to.include({ kind: 'timeout' });
    socket.destroy();
    await proxy.close();
    expect(await upstreamFailure(tunnelWith(undefined, { signal: AbortSignal.abort() }))).to.include({
      kind: 'closed',
    });
  });
});

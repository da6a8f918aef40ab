import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { openConnection, type UpstreamTarget } from '../../src/upstream/open-connection.ts';
import { trustContext } from '../../src/upstream/open-tls.ts';
import { parseEndpointMap } from '../../src/upstream/parse-endpoint-map.ts';
import { createTlsSessions } from '../../src/upstream/tls-sessions.ts';
import { ask, type EndpointServer, startEndpointServer, testAuthority } from './endpoint-server.ts';
import { upstreamFailure } from './upstream-failure.ts';
import { startUpstreamProxyServer } from './upstream-proxy-server.ts';

const host = 'dynamodb.us-east-1.amazonaws.com';
const target: UpstreamTarget = { host, port: 443 };
const signal = new AbortController().signal;

interface Deps {
  readonly map?: string[];
  readonly proxyPort?: number;
  readonly trustsTestAuthority?: boolean;
  readonly tlsMs?: number;
}

function opener({ map = [], proxyPort, trustsTestAuthority = true, tlsMs = 5_000 }: Deps) {
  const deps = {
    proxy:
      proxyPort === undefined ? undefined : { host: '127.0.0.1', port: proxyPort, authorization: undefined },
    endpoints: parseEndpointMap(map),
    context: trustContext(trustsTestAuthority ? testAuthority : undefined),
    sessions: createTlsSessions({ hostsMax: 10 }),
    timeouts: { connectMs: 5_000, tlsMs },
  };
  return (to: UpstreamTarget = target) => openConnection(deps, to, signal);
}

describe('openConnection', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function endpoint(...options: Parameters<typeof startEndpointServer>): Promise<EndpointServer> {
    const server = await startEndpointServer(...options);
    stops.push(() => server.close());
    return server;
  }

  async function proxyTo({ port }: { readonly port: number }) {
    const proxy = await startUpstreamProxyServer({ toPort: port });
    stops.push(() => proxy.close());
    return proxy;
  }

  it('reaches the host itself through the proxy, with its own name in TLS', async () => {
    const server = await endpoint({ names: [host] });
    const proxy = await proxyTo(server);

    const socket = await opener({ proxyPort: proxy.port })();

    expect(await ask(socket)).to.equal('ok');
    expect(proxy.asked[0]).to.match(/^CONNECT dynamodb\.us-east-1\.amazonaws\.com:443 HTTP\/1\.1\r\n/);
    expect(server.handshakes).to.deep.equal([{ serverName: host, alpn: 'http/1.1', isResumed: false }]);
    socket.destroy();
  });

  it('goes to where the map says: with TLS for that name, or without TLS', async () => {
    const secure = await endpoint({ names: ['localhost'] });
    const plain = await endpoint();
    const open = opener({
      map: [`${host}=https://localhost:${secure.port}`, `*=http://127.0.0.1:${plain.port}`],
    });

    const mapped = await open();
    const other = await open({ host: 'sts.amazonaws.com', port: 443 });

    expect([await ask(mapped), await ask(other)]).to.deep.equal(['ok', 'ok']);
    expect(secure.handshakes[0]?.serverName).to.equal('localhost');
    expect(plain.connections).to.equal(1);
    mapped.destroy();
    other.destroy();
  });

  it('goes to a mapped endpoint through the proxy too', async () => {
    const server = await endpoint();
    const proxy = await proxyTo(server);

    const socket = await opener({ map: ['*=http://private.cloud:4566'], proxyPort: proxy.port })();

    expect(await ask(socket)).to.equal('ok');
    expect(proxy.asked[0]).to.include('CONNECT private.cloud:4566 ');
    socket.destroy();
  });

  for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
    it(`resumes TLS with the same host, with ${maxVersion}`, async () => {
      const server = await endpoint({ names: [host], tls: { maxVersion } });
      const open = opener({ proxyPort: (await proxyTo(server)).port });

      for (let time = 1; time <= 3; time += 1) {
        const socket = await open();
        // With TLS 1.3 the ticket comes with the first answer.
        await ask(socket);
        socket.destroy();
      }

      expect(server.handshakes.map(({ isResumed }) => isResumed)).to.deep.equal([false, true, true]);
    });
  }

  it('refuses a certificate of an unknown authority, and one for another host', async () => {
    const unknown = await endpoint({ names: [host] });
    const wrong = await endpoint({ names: ['dynamodb.eu-west-1.amazonaws.com'] });

    const ofNobody = opener({ proxyPort: (await proxyTo(unknown)).port, trustsTestAuthority: false });
    const ofAnother = opener({ proxyPort: (await proxyTo(wrong)).port });

    expect(await upstreamFailure(ofNobody())).to.include({
      kind: 'tls',
      message: `no TLS connection to ${host}: UNABLE_TO_VERIFY_LEAF_SIGNATURE`,
    });
    expect(await upstreamFailure(ofAnother())).to.include({
      kind: 'tls',
      message: `no TLS connection to ${host}: ERR_TLS_CERT_ALTNAME_INVALID`,
    });
    await eventually(() => unknown.sockets.size === 0 && wrong.sockets.size === 0);
  });

  it('never resumes with the session of another host: its certificate was for that one', async () => {
    const names = ['*.amazonaws.com'] as const;
    const server = await endpoint({ names });
    const open = opener({ proxyPort: (await proxyTo(server)).port });
    const first = await open({ host: 'sts.amazonaws.com', port: 443 });
    await ask(first);
    first.destroy();

    expect(await upstreamFailure(open({ host: 'sts.amazonaws.org', port: 443 }))).to.include({ kind: 'tls' });
  });

  it('tells of an endpoint that is not there, and of a name without an address', async () => {
    const server = await endpoint();
    await server.close();
    stops.pop();

    const refused = await upstreamFailure(opener({ map: [`*=http://127.0.0.1:${server.port}`] })());
    const unnamed = await upstreamFailure(opener({ map: ['*=http://no-such-host.invalid'] })());

    expect(refused).to.include({
      kind: 'connect',
      message: `no connection to the cloud at 127.0.0.1:${server.port}: ECONNREFUSED`,
    });
    expect(unnamed.kind).to.equal('connect');
    expect(unnamed.message).to.match(/^no connection to the cloud at no-such-host\.invalid:80: the name/);
  });

  it('tells of a proxy that is not there', async () => {
    const server = await endpoint();
    await server.close();
    stops.pop();

    expect(await upstreamFailure(opener({ proxyPort: server.port })())).to.include({
      kind: 'proxy',
      message: `no connection to the upstream proxy at 127.0.0.1:${server.port}: ECONNREFUSED`,
    });
  });

  it('gives up an endpoint that says nothing in the handshake, or breaks it off', async () => {
    const silent = await rawServer(() => {});
    const rude = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    const to = (port: number, tlsMs: number) => opener({ map: [`*=https://localhost:${port}`], tlsMs })();

    expect(await upstreamFailure(to(silent, 30))).to.include({ kind: 'timeout' });
    expect(await upstreamFailure(to(rude, 5_000))).to.include({ kind: 'tls' });
  });

  it('speaks TLS 1.2 and later, and leaves nothing on the socket', async () => {
    const server = await endpoint({ names: ['localhost'] });

    const socket = (await opener({ map: [`*=https://localhost:${server.port}`] })()) as TLSSocket;

    expect(socket.authorized).to.equal(true);
    expect(socket.listenerCount('data')).to.equal(0);
    expect(socket.isPaused()).to.equal(false);
    socket.destroy();
  });

  async function rawServer(serve: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }
});

import { systemClock } from '@cloud-gateway/clock';
import { type LogFields, type Logger, Secret } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { openUpstream } from '../../src/upstream/open-upstream.ts';
import { ask, type EndpointServer, startEndpointServer } from './endpoint-server.ts';
import { startUpstreamProxyServer, type UpstreamProxyServer } from './upstream-proxy-server.ts';

const config = {
  GATEWAY_UPSTREAM_PROXY_URL: undefined,
  GATEWAY_UPSTREAM_CA_FILE: undefined,
  GATEWAY_CSG_UPSTREAM_ENDPOINTS: [],
  GATEWAY_CSG_CONNECTIONS_MAX: 10,
};

describe('openUpstream', () => {
  let server: EndpointServer;
  let proxy: UpstreamProxyServer;
  beforeEach(async () => {
    server = await startEndpointServer();
    proxy = await startUpstreamProxyServer({ toPort: server.port });
  });
  afterEach(async () => {
    await proxy.close();
    await server.close();
  });

  it('goes by the proxy and the map that are set, and logs the way without the password', async () => {
    const logged: LogFields[] = [];
    const note = (_message: string, fields?: LogFields) => void logged.push(fields ?? {});
    const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log };
    const settings = {
      ...config,
      GATEWAY_UPSTREAM_PROXY_URL: new Secret(`http://me:hidden%40pass@127.0.0.1:${proxy.port}`),
      GATEWAY_CSG_UPSTREAM_ENDPOINTS: ['*.amazonaws.com=http://sim:4566'],
    };
    const upstream = openUpstream(settings, { clock: systemClock, log });

    const { socket } = await upstream.acquire({ host: 'sts.amazonaws.com', port: 443 });

    expect(await ask(socket)).to.equal('ok');
    expect(proxy.asked[0]).to.include('CONNECT sim:4566 HTTP/1.1');
    expect(proxy.asked[0]).to.include(`Basic ${Buffer.from('me:hidden@pass').toString('base64')}`);
    expect(logged).to.deep.equal([{ upstreamProxy: `127.0.0.1:${proxy.port}`, endpointsMapped: 1 }]);
    upstream.close();
  });

  it('refuses settings that cannot be used, by name', () => {
    const open = (settings: Partial<typeof config>) => () =>
      openUpstream({ ...config, ...settings }, { clock: systemClock, log: undefined as never });

    expect(open({ GATEWAY_CSG_UPSTREAM_ENDPOINTS: ['sim'] as never })).to.throw(
      'GATEWAY_CSG_UPSTREAM_ENDPOINTS: "sim"',
    );
    expect(open({ GATEWAY_UPSTREAM_CA_FILE: '/absent.pem' as never })).to.throw(
      'GATEWAY_UPSTREAM_CA_FILE: ENOENT',
    );
  });
});

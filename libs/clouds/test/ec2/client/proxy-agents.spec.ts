import { once } from 'node:events';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isGatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { createProxyAgents } from '../../../src/ec2/client/proxy-agents.ts';
import { wasSurelyNotSent } from '../../../src/ec2/errors/not-sent.ts';
import { parseProxyUrl } from '../../../src/upstream-proxy.ts';
import { type ConnectProxy, startConnectProxy } from '../../connect-proxy.ts';
import { ec2Answer, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { makeTestCertificate, type TestCertificate } from '../../test-certificate.ts';
import { credentials, place, rejection, testCloud } from '../../test-cloud.ts';

const zones = ec2Answer('DescribeAvailabilityZones', '<availabilityZoneInfo/>');
const agentOptions = { keepAlive: true, maxSockets: 1, timeout: 10_000 };
const signal = new AbortController().signal;

describe('createProxyAgents', () => {
  let aws: FakeAwsServer;
  let proxy: ConnectProxy;

  beforeEach(async () => {
    aws = await startFakeAwsServer();
    aws.answer = (_call, response) => response.end(zones);
    proxy = await startConnectProxy({ userAndPassword: 'me@corp:pass:word' });
  });
  afterEach(async () => {
    await proxy.close();
    await aws.close();
  });

  const proxyUrl = () => `http://me%40corp:pass%3Aword@127.0.0.1:${proxy.port}`;

  async function list({
    url = aws.url,
    via = proxyUrl(),
    extraCa,
    times = 1,
  }: {
    url?: string;
    via?: string;
    extraCa?: string;
    times?: number;
  } = {}) {
    const { cloud } = testCloud(url, { proxy: parseProxyUrl(via), extraCa });
    try {
      const session = cloud.open(credentials, place);
      for (let time = 1; time <= times; time += 1) {
        for await (const _page of session.list('datacenters', signal));
      }
    } finally {
      cloud.close();
    }
  }

  it('reach an endpoint by the proxy, with user and password, and keep the tunnels', async () => {
    await list({ times: 5 });

    expect(aws.calls.length).to.equal(5);
    // One for the probe for the time, which is just ending when the first call begins, and one for the calls.
    expect(new Set(proxy.asked)).to.deep.equal(new Set([aws.url.replace('http://', '')]));
    expect(proxy.asked.length).to.be.at.most(2);
  });

  it('tell of a wrong password in words that help, without the password', async () => {
    const error = await rejection(list({ via: `http://me:wrong-one@127.0.0.1:${proxy.port}` }));

    expect(isGatewayError(error) && error.code).to.equal('cloud-unreachable');
    expect(error.message).to.include(
      `the upstream proxy 127.0.0.1:${proxy.port} refused our user and password (407)`,
    );
    expect(error.message).not.to.include('wrong-one');
    expect(aws.calls).to.deep.equal([]);
  });

  it('tell of a proxy that does not allow the endpoint, and of one that is away', async () => {
    proxy.status = 403;
    expect((await rejection(list())).message).to.include('refused the connection (403)');

    await proxy.close();
    expect((await rejection(list())).message).to.include('cannot be reached (ECONNREFUSED)');
  });

  it('say of what the proxy refused that it was surely not sent', async () => {
    proxy.status = 502;
    const agents = createProxyAgents(parseProxyUrl(proxyUrl()), {
      plain: agentOptions,
      secure: agentOptions,
    });

    const errorOf = (request: ClientRequest) =>
      once(request.end(), 'error').then(([error]) => error as Error);
    const errors = await Promise.all([
      errorOf(httpRequest(aws.url, { agent: agents.httpAgent })),
      errorOf(httpsRequest(aws.url.replace('http:', 'https:'), { agent: agents.httpsAgent })),
    ]);

    expect(errors.map(wasSurelyNotSent)).to.deep.equal([true, true]);
  });

  describe('to an endpoint with TLS', () => {
    let certificate: TestCertificate;
    let url: string;
    let stop: () => Promise<void>;

    before(async () => {
      certificate = await makeTestCertificate('DNS:localhost');
      const server = createServer(certificate, (request, response) => {
        request.resume();
        request.on('end', () => response.end(zones));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `https://localhost:${(server.address() as AddressInfo).port}`;
      stop = async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      };
    });
    after(async () => stop());

    it('trust the additional authorities', async () => {
      await list({ url, extraCa: certificate.cert });

      expect(proxy.asked).to.include(url.replace('https://', ''));
    });

    it('trust nobody else', async () => {
      expect((await rejection(list({ url }))).message).to.include('DEPTH_ZERO_SELF_SIGNED_CERT');
    });
  });
});

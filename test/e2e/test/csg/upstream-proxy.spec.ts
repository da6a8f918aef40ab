// The acceptance checklist behind a proxy of the network: everything that the gateway asks of AWS goes through it, also
// the proof of the credentials; TLS is opened there by an authority of its own.
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { Driver } from '../../src/csg/driver.ts';
import { type IssuedKey, issueKey } from '../../src/csg/issue-key.ts';
import { createJavascriptDriver } from '../../src/csg/javascript/create-javascript-driver.ts';
import { type CloudCertificate, makeCloudCertificate } from '../../src/csg/make-cloud-certificate.ts';
import { originalServices, tilesOf } from '../../src/csg/original-services.ts';
import { type ProxyWorld, startProxyWorld } from '../../src/csg/proxy-world.ts';
import { startUpstreamProxy, type UpstreamProxy } from '../../src/csg/start-upstream-proxy.ts';

const user = 'gateway@example.org';
const password = 'p@ss:word@1';

describe('the proxy door, behind another proxy', function () {
  this.timeout(30_000);
  let certificate: CloudCertificate;
  let upstream: UpstreamProxy;
  let world: ProxyWorld;
  let driver: Driver;
  let key: IssuedKey;

  before(async function () {
    this.timeout(serverStartTimeoutMs);
    rememberSecret(password);
    certificate = await makeCloudCertificate();
    const { certPem, keyPem, authorityFile } = certificate;
    upstream = await startUpstreamProxy({ user, password, toPort: () => cloudPort });
    let cloudPort = 0;
    world = await startProxyWorld({
      simulator: { tls: { certPem, keyPem } },
      settings: ({ port }) => {
        cloudPort = port;
        const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        return {
          GATEWAY_UPSTREAM_PROXY_URL: `http://${account}@127.0.0.1:${upstream.port}`,
          GATEWAY_UPSTREAM_CA_FILE: authorityFile,
        };
      },
    });
    const { gateway, rootPem } = world;
    driver = createJavascriptDriver({ proxyUrl: gateway.proxyUrl, rootPem });
    key = await issueKey(world, { services: tilesOf(originalServices.map(({ id }) => id)) });
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await driver?.close();
    await world?.stop();
    await upstream?.stop();
    await certificate?.remove();
  });

  it('the cloud was asked through it whose the credentials are', () => {
    expect(upstream.tunnels).to.include('sts.us-east-1.amazonaws.com:443');
  });

  for (const { id: service, host } of originalServices) {
    it(`17: ${service} does all, and ${host} is in the log of the other proxy`, async () => {
      const before = upstream.tunnels.length;
      expect(await driver.run({ sequence: 'verify', service, key })).to.equal(undefined);

      expect(new Set(upstream.tunnels.slice(before))).to.deep.equal(new Set([`${host}:443`]));
      expect(world.gateway.errors()).to.deep.equal([]);
    });
  }

  it('nobody came without the password, and no refusal leads there', async () => {
    const other = await issueKey(world, { services: ['Sns'] });
    const before = upstream.tunnels.length;
    const failure = await driver.run({ sequence: 'denied', service: 'devicefarm', key: other });

    expect(failure?.message).to.include('Client is unknown or has no access to service');
    expect(upstream.tunnels.length).to.equal(before);
    expect(upstream.turnedAway).to.equal(0);
  });
});

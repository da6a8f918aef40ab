// The services that moto knows, as far as the acceptance needs them: the cloud of somebody else.
import { type MotoServer, serverStartTimeoutMs, startMotoServer } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { Driver } from '../../src/csg/driver.ts';
import { type IssuedKey, issueKey } from '../../src/csg/issue-key.ts';
import { createJavascriptDriver } from '../../src/csg/javascript/create-javascript-driver.ts';
import type { OriginalServiceId } from '../../src/csg/original-services.ts';
import { type ProxyWorld, startProxyWorld } from '../../src/csg/proxy-world.ts';

// It has neither Device Farm nor Mobile, nor the segments of Pinpoint; an identity pool keeps its old name; and its queues
// have URLs with http, because we ask it by HTTP, which the SDK follows past every proxy.
const known: readonly OriginalServiceId[] = [
  'apigateway',
  'cognito-idp',
  'dynamodb',
  'ecs',
  'glacier',
  'lambda',
  'redshift',
  'route53',
  'ses',
  'sns',
];

describe('the proxy door, in front of moto', function () {
  this.timeout(30_000);
  let moto: MotoServer | undefined;
  let world: ProxyWorld;
  let driver: Driver;
  let key: IssuedKey;

  before(async function () {
    this.timeout(serverStartTimeoutMs);
    moto = await startMotoServer();
    if (!moto) {
      console.log('      moto is skipped: it is not installed');
      return this.skip();
    }
    const { url } = moto;
    world = await startProxyWorld({
      settings: () => ({ GATEWAY_EC2_ENDPOINT: url, GATEWAY_CSG_UPSTREAM_ENDPOINTS: `*=${url}` }),
    });
    const { gateway, rootPem } = world;
    driver = createJavascriptDriver({ proxyUrl: gateway.proxyUrl, rootPem });
    key = await issueKey(world, { services: known });
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await driver?.close();
    await world?.stop();
    await moto?.stop();
  });

  for (const service of known) {
    it(`${service} does all`, async () => {
      const failure = await driver.run({ sequence: 'verify', service, key });
      expect(failure, JSON.stringify(failure)).to.equal(undefined);
      expect(world.gateway.errors()).to.deep.equal([]);
    });
  }
});

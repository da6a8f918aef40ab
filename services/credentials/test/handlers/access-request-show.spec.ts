import { accessRequestRevokeRoute, accessRequestShowRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-show', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld({ GATEWAY_CSG_PUBLIC_URL: 'http://proxy.example:3128' });
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const show = (request: string, token: string) => ({ token, params: { request } });

  it('shows the details of use ever after the key was taken, without the secret', async () => {
    const requested = await steps.requestIn('approved');
    const { id, requester } = requested;
    expect((await world.ask(accessRequestShowRoute, show(id, requester.token))).details).to.equal(null);

    const taken = await steps.takeSecret(requested);
    await world.ask(accessRequestRevokeRoute, { token: world.adminToken, params: { request: id } });
    const shown = await world.ask(accessRequestShowRoute, show(id, requester.token));

    expect(shown.details).to.deep.equal(taken.details);
    expect(shown.details).to.deep.include({
      proxyUrl: 'http://proxy.example:3128',
      certificateUrl: 'http://csg/cert/pem',
      accessKeyId: taken.accessKeyId,
      cloudAccountId: '111111111111',
    });
    expect(shown.details?.recipes[0]?.text)
      .to.contain(`cloud-gateway-${id}`)
      .and.to.contain('proxy.example:3128');
    expect(JSON.stringify(shown)).not.to.contain(taken.secretAccessKey);
  });

  it('is there for the requester and for who manages requests, and for nobody else', async () => {
    const { id, requester } = await steps.request();
    const manager = await world.createClient({ permissions: ['access-requests:manage'] });
    const colleague = await world.createClient();
    const stranger = await steps.stranger();

    for (const { token } of [requester, manager]) await world.ask(accessRequestShowRoute, show(id, token));
    for (const { token } of [colleague, stranger]) {
      expect((await world.refusal(accessRequestShowRoute, show(id, token))).code).to.equal('not-found');
    }
  });
});

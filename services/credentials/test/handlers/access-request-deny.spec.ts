import { accessRequestDenyRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessRequestDeny } from '../../src/handlers/access-request-deny.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-deny', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const deny = (request: string, token = world.adminToken) => ({
    token,
    params: { request },
    body: { reason: 'not now' },
  });

  it('notes who denied it and why', async () => {
    const { id } = await steps.request();

    const denied = await world.ask(accessRequestDenyRoute, deny(id));

    expect(denied).to.deep.include({
      state: 'denied',
      decidedBy: world.administrator.clientId,
      decisionReason: 'not now',
      endedAt: null,
    });
    expect((await steps.eventsAbout(id)).at(-1)?.details).to.deep.include({ reason: 'not now' });
  });

  it('wants a reason', async () => {
    const { id } = await steps.request();

    const problem = await world.refusal(accessRequestDenyRoute, { ...deny(id), body: {} });

    expect(problem.code).to.equal('validation-failed');
  });

  it('knows nothing of another organization, and refuses who may not manage requests', async () => {
    const { id, requester } = await steps.request();
    const stranger = await steps.stranger();

    expect((await world.refusal(accessRequestDenyRoute, deny(id, stranger.token))).code).to.equal(
      'not-found',
    );
    expect((await world.refusal(accessRequestDenyRoute, deny(id, requester.token))).code).to.equal(
      'forbidden',
    );
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    const { id } = await steps.request();
    const { handle } = accessRequestDeny(world);
    const { params, body } = deny(id);
    const request = repeatedRequest(world.administrator, { params, body });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});

import { accessRequestArchiveRoute, accessRequestRevokeRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessRequestRevoke } from '../../src/handlers/access-request-revoke.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-revoke', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const of = (request: string, more: object = {}) => ({
    token: world.adminToken,
    params: { request },
    ...more,
  });

  it('ends access, in a version that the proxies see, and keeps its key known', async () => {
    const { id } = await steps.requestIn('active');
    const before = await world.store.read.accessRequests.find(id);

    const revoked = await world.ask(accessRequestRevokeRoute, of(id, { body: { reason: 'left' } }));

    expect(revoked).to.deep.include({
      state: 'revoked',
      endedBy: world.administrator.clientId,
      endReason: 'left',
      accessKeyId: before?.accessKeyId,
    });
    const key = await world.store.read.accessKeys.find(before?.accessKeyId ?? '');
    expect(key).to.deep.include({ state: 'revoked', requestVersion: (before?.version ?? 0) + 1 });
  });

  it('stays the end of access when the request is put away later', async () => {
    const { id } = await steps.requestIn('active');
    const revoked = await world.ask(accessRequestRevokeRoute, of(id, { body: { reason: 'left' } }));

    const archived = await world.ask(accessRequestArchiveRoute, of(id, { body: { reason: 'tidy' } }));

    expect(archived).to.deep.include({ endedAt: revoked.endedAt, endReason: 'left' });
    expect((await steps.lastEntryAbout(id))?.details).to.deep.include({ reason: 'tidy' });
  });

  it('knows nothing of another organization, and refuses who may not manage requests', async () => {
    const { id, requester } = await steps.requestIn('active');
    const { token } = await steps.stranger();

    expect((await world.refusal(accessRequestRevokeRoute, of(id, { token }))).code).to.equal('not-found');
    const own = of(id, { token: requester.token });
    expect((await world.refusal(accessRequestRevokeRoute, own)).code).to.equal('forbidden');
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    const { id } = await steps.requestIn('active');
    const { handle } = accessRequestRevoke(world);
    const request = repeatedRequest(world.administrator, { params: { request: id }, body: {} });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});

import { auditListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('audit-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const list = async (query: string, token = world.adminToken) =>
    (await world.ask(auditListRoute, { token, query })).items;

  it('tells who did what, newest first, by any filter', async () => {
    const { id, requester } = await steps.requestIn('active');

    const about = (await list('limit=1000')).filter(({ subjectId }) => subjectId === id);
    const byRequester = await list(`actor=${requester.id}&action=access-request.created`);

    expect(about.map(({ action, actorId }) => [action, actorId])).to.deep.equal([
      ['access-request.activated', requester.id],
      ['access-request.approved', world.administrator.clientId],
      ['access-request.created', requester.id],
    ]);
    expect(byRequester.map(({ subjectId }) => subjectId)).to.deep.equal([id]);
    expect(byRequester[0]?.details).to.deep.include({ reason: 'for the test' });
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await list(`since=${later}`)).to.deep.equal([]);
  });

  it('pages', async () => {
    const all = await list('limit=1000');

    const first = await world.ask(auditListRoute, { token: world.adminToken, query: 'limit=1' });
    const rest = await list(`limit=1000&cursor=${first.nextCursor}`);

    expect([...first.items, ...rest]).to.deep.equal(all);
  });

  it('shows nothing of another organization, and nothing without audit:read', async () => {
    const { id } = await steps.request();
    const stranger = await steps.stranger();
    const { token } = await world.createClient();

    const theirs = await list('limit=1000', stranger.token);

    expect(theirs.map(({ subjectId }) => subjectId)).not.to.contain(id);
    expect((await world.refusal(auditListRoute, { token })).code).to.equal('forbidden');
  });
});

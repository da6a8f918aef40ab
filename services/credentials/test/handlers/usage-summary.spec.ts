import { usageSummaryRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';
import { storeCalls } from '../store-calls.ts';

describe('usage-summary', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const sum = async (token: string, query = '') =>
    (await world.ask(usageSummaryRoute, { token, query })).items.map(({ by, calls }) => ({ by, calls }));

  it('sums up all calls of the organization for who may read usage, and the own ones for anybody else', async () => {
    const [anna, bert] = [await world.createClient(), await world.createClient()];
    const { organizationId } = world.administrator;
    await storeCalls(world.store, { organizationId, userId: anna.id, service: 'sqs', calls: 3 });
    await storeCalls(world.store, { organizationId, userId: bert.id, service: 'sqs', calls: 2 });
    await storeCalls(world.store, { organizationId, userId: bert.id, service: 'apigateway', calls: 1 });
    await storeCalls(world.store, {
      organizationId: 'org_other',
      userId: 'cli_other',
      service: 'sqs',
      calls: 9,
    });

    expect(await sum(world.adminToken)).to.deep.equal([
      { by: { service: 'sqs' }, calls: 5 },
      { by: { service: 'apigateway' }, calls: 1 },
    ]);
    expect(await sum(world.adminToken, 'by=user,service&service=API%20Gateway')).to.deep.equal([
      { by: { user: bert.id, service: 'apigateway' }, calls: 1 },
    ]);
    expect(await sum(anna.token)).to.deep.equal([{ by: { service: 'sqs' }, calls: 3 }]);
    expect(await sum(anna.token, `user=${bert.id}`)).to.deep.equal([]);
    expect(await sum(anna.token, `user=${anna.id}&by=user`)).to.deep.equal([
      { by: { user: anna.id }, calls: 3 },
    ]);
    const [byHour] = await sum(anna.token, 'by=hour');
    expect(byHour?.by.hour).to.match(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
    expect(await sum(world.adminToken, 'to=2020-01-01T00:00:00Z')).to.deep.equal([]);
  });

  it('refuses what it cannot group by, and a time that ends before it begins', async () => {
    const refusal = (query: string) => world.refusal(usageSummaryRoute, { token: world.adminToken, query });

    const grouped = await refusal('by=service,moon');
    const turned = await refusal('from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z');

    expect(grouped.errors?.map(({ path }) => path)).to.deep.equal(['query.by']);
    expect(turned.errors?.map(({ path }) => path)).to.deep.equal(['query.from']);
  });
});

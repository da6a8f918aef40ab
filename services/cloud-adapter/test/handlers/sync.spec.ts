import { syncRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { resourceIdOf } from '@cloud-gateway/store';
import { expect } from 'chai';
import { imageBody } from '../image-body.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

describe('sync', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld({ GATEWAY_CONNECTION_POLICY: 'public' });
    client = await world.createClient();
    await world.prove(client);
    await world.seen([instanceBody('i-1'), instanceBody('i-2'), instanceBody('i-3')]);
    await world.seen([imageBody('ami-public', { visibility: 'public' })], { account: 'ec2-public' });
  });
  after(() => world.close());

  const sync = (query: string) => world.ask(syncRoute, { token: client.token, query });

  it('gives everything at first, then only what changed, then nothing', async () => {
    const account = `account=${world.account}`;
    const first = await sync(`${account}&limit=2`);
    const rest = await sync(`${account}&limit=2&since=${first.nextSince}`);
    const scope = { cloud: 'ec2', account: world.account, region: 'us-east-1' };
    await world.vanished(resourceIdOf(scope, { type: 'instance', cloudId: 'i-1' }));
    await world.seen([instanceBody('i-2', { name: 'renamed' })]);
    const changed = await sync(`${account}&since=${rest.nextSince}`);
    const nothing = await sync(`${account}&since=${changed.nextSince}`);

    expect(first.more).to.equal(true);
    expect([...first.items, ...rest.items].map(({ resource }) => resource?.cloudId)).to.deep.equal([
      'i-1',
      'i-2',
      'i-3',
    ]);
    expect(first.items[0]?.resource).to.include({ connectAddress: null });
    expect(changed.items.map(({ deleted, resource }) => deleted?.cloudId ?? resource?.name)).to.deep.equal([
      'i-1',
      'renamed',
    ]);
    expect(nothing).to.deep.include({ items: [], more: false, nextSince: changed.nextSince });
  });

  it('is open for what the cloud publishes to whoever has proven an account of it', async () => {
    const stranger = await world.createClient();

    const published = await sync('account=ec2-public');
    const refused = await world.refusal(syncRoute, { token: stranger.token, query: 'account=ec2-public' });
    const foreign = await world.refusal(syncRoute, {
      token: client.token,
      query: `account=${world.otherPath.account}`,
    });

    expect(published.items.map(({ resource }) => resource?.cloudId)).to.deep.equal(['ami-public']);
    expect(refused).to.include({ code: 'account-not-proven' });
    expect(foreign).to.include({ code: 'account-not-proven' });
  });
});

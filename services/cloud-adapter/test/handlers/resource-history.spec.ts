import { resourceHistoryRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { resourceIdOf } from '@cloud-gateway/store';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const history = resourceHistoryRoute('instance');

describe('resource-history', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
    for (const changes of [
      { state: 'pending', rawState: 'pending' },
      { state: 'running', rawState: 'running' },
      { name: 'renamed' },
    ] as const) {
      await world.seen([instanceBody('i-1', changes)]);
    }
    const scope = { cloud: 'ec2', account: world.account, region: 'us-east-1' };
    await world.vanished(resourceIdOf(scope, { type: 'instance', cloudId: 'i-1' }));
  });
  after(() => world.close());

  const ask = (query = '') =>
    world.ask(history, { token: client.token, params: { ...world.path, id: 'i-1' }, query });

  it('gives every revision, newest first, of what is deleted too', async () => {
    const { items, nextCursor } = await ask();

    expect(items.map(({ revision, change, state }) => [revision, change, state])).to.deep.equal([
      [4, 'deleted', 'running'],
      [3, 'updated', 'running'],
      [2, 'state', 'running'],
      [1, 'discovered', 'pending'],
    ]);
    expect(items.map(({ validTo }) => validTo)).to.deep.equal([
      null,
      ...items.slice(0, -1).map(({ validFrom }) => validFrom),
    ]);
    expect(nextCursor).to.equal(null);
    expect(items[1]?.diff).to.deep.equal([{ path: '/name', from: null, to: 'renamed' }]);
  });

  it('gives it in pages', async () => {
    const first = await ask('limit=3');
    const second = await ask(`limit=3&cursor=${first.nextCursor}`);

    expect(first.items.map(({ revision }) => revision)).to.deep.equal([4, 3, 2]);
    expect(second.items.map(({ revision }) => revision)).to.deep.equal([1]);
    expect(second.nextCursor).to.equal(null);
    expect(second.items[0]?.validTo).to.equal(first.items[2]?.validFrom);
  });

  it('refuses a cursor that it has not given, and a resource that never was', async () => {
    const { token } = client;

    const cursor = await world.refusal(history, {
      token,
      params: { ...world.path, id: 'i-1' },
      query: 'cursor=0',
    });
    const unknown = await world.refusal(history, { token, params: { ...world.path, id: 'i-9' } });

    expect(cursor).to.include({ code: 'validation-failed' });
    expect(unknown).to.include({ code: 'not-found' });
  });
});

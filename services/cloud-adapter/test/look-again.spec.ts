import type { CloudSession } from '@cloud-gateway/clouds';
import { type ResourceBody, resourceShowRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { lookAgain } from '../src/look-again.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from './start-world.ts';

describe('lookAgain', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());

  const show = (id: string) =>
    world.ask(resourceShowRoute('instance'), { token: client.token, params: { ...world.path, id } });

  /** Looks at what is in the store under this id, while the cloud shows this. */
  async function look(cloudId: string, showing: () => Promise<ResourceBody[]>, isLeaving = false) {
    const { access, store } = world.handlerDeps;
    const account = await access.check({ caller: { clientId: client.id }, requestId: 'req-1' }, world.path);
    const known = await store.read.resources.find({ ...account.place, type: 'instance', id: cloudId });
    if (known === null) throw new Error(`${cloudId} is not known`);
    const session = { look: showing } as unknown as CloudSession;
    const place = { account, region: 'us-east-1', requestId: 'req_1', signal: AbortSignal.timeout(5_000) };
    const sessions = { withSession: async (_account, _region, work) => work(session) } satisfies Parameters<
      typeof lookAgain
    >[0]['sessions'];
    return lookAgain({ store, sessions }, place, known, { isLeaving });
  }

  it('writes down what the cloud shows', async () => {
    await world.seen([instanceBody('i-1')]);

    const document = await look('i-1', async () => [instanceBody('i-1', { name: 'new' })]);

    expect(document).to.include({ name: 'new', revision: 2 });
    expect((await show('i-1')).name).to.equal('new');
  });

  it('gives way to what was written down while it was under way', async () => {
    await world.seen([instanceBody('i-2')]);

    const document = await look('i-2', async () => {
      await world.seen([instanceBody('i-2', { name: 'newer' })]);
      return [instanceBody('i-2', { name: 'older' })];
    });

    expect(document).to.include({ name: 'newer', revision: 2 });
  });

  it('removes what is not shown only where it was on its way out', async () => {
    await world.seen([instanceBody('i-3'), instanceBody('i-4')]);

    const hidden = await look('i-3', async () => []);
    const gone = await look('i-4', async () => [], true);

    expect(hidden).to.equal(null);
    expect((await show('i-3')).deletedAt).to.equal(null);
    expect(gone?.deletedAt).to.be.a('string');
  });
});

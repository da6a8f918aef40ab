import { accountRefreshRoute, pollingListRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

describe('account-refresh and polling-list', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
    const unit = { cloud: 'ec2', accountId: world.account, intervalMs: 30_000, firstInMs: 600_000 };
    await world.store.read.pollUnits.ensure([
      { ...unit, region: 'us-east-1', group: 'instances', types: ['instance'] },
      { ...unit, region: 'us-east-1', group: 'volumes', types: ['volume', 'volume-attachment'] },
      { ...unit, region: 'eu-west-1', group: 'instances', types: ['instance'] },
      {
        ...unit,
        accountId: world.otherPath.account,
        region: 'us-east-1',
        group: 'instances',
        types: ['instance'],
      },
    ]);
  });
  after(() => world.close());

  const asked = (query = '', timeoutMs = 20_000) => ({
    token: client.token,
    params: world.path,
    query,
    timeoutMs,
  });

  /** As a poller would: what is due is listed. */
  async function pollWhatIsDue(): Promise<number> {
    const units = await world.store.inTransaction((tx) =>
      tx.pollUnits.leaseDue({ owner: 'test', leaseMs: 10_000, limit: 10, clouds: ['ec2'] }),
    );
    for (const unit of units) {
      await world.store.read.pollUnits.complete(unit, {
        nextInMs: 600_000,
        intervalMs: 30_000,
        startedAtMs: unit.startedAtMs,
        durationMs: 5,
        changes: 0,
        seen: 3,
        quietPolls: 1,
        heldRemovals: 0,
        heldTagLosses: 0,
      });
    }
    return units.length;
  }

  it('answers when what was asked for was listed again, and asks for nothing else', async () => {
    const answering = world.send(accountRefreshRoute, asked('region=us-east-1&type=volume'));
    await eventually(async () => (await pollWhatIsDue()) === 1);

    const { status, text } = await answering;

    const { complete, items } = JSON.parse(text);
    expect({ status, complete }).to.deep.equal({ status: 200, complete: true });
    expect(items).to.have.length(1);
    expect(items[0]).to.deep.include({ group: 'volumes', state: 'ok', lastSeen: 3, error: null });
    expect(await pollWhatIsDue()).to.equal(0);
  });

  it('answers 202 before the deadline of the caller when the listings are not there yet', async () => {
    const { status, text } = await world.send(accountRefreshRoute, asked('region=us-east-1', 2_500));

    expect(status).to.equal(202);
    expect(JSON.parse(text)).to.include({ complete: false });
    expect(JSON.parse(text).items).to.have.length(2);
  });

  it('refuses a region that is not served', async () => {
    const problem = await world.refusal(accountRefreshRoute, asked('region=mars-1'));

    expect(problem.errors?.[0]?.path).to.equal('query.region');
  });

  it('lists the units of the own accounts in pages, and no others', async () => {
    const first = await world.ask(pollingListRoute, { token: client.token, query: 'limit=2' });
    const second = await world.ask(pollingListRoute, {
      token: client.token,
      query: `limit=2&cursor=${first.nextCursor}`,
    });
    const stranger = await world.createClient();
    const theirs = await world.ask(pollingListRoute, { token: stranger.token });
    const foreign = await world.refusal(pollingListRoute, {
      token: client.token,
      query: `account=${world.otherPath.account}`,
    });

    const items = [...first.items, ...second.items];
    expect(items.map(({ group, region }) => `${region} ${group}`)).to.have.members([
      'us-east-1 instances',
      'us-east-1 volumes',
      'eu-west-1 instances',
    ]);
    expect(second.nextCursor).to.equal(null);
    expect(theirs.items).to.deep.equal([]);
    expect(foreign).to.include({ code: 'account-not-proven' });
  });
});

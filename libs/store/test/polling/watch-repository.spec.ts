import { expect } from 'chai';
import type { NewWatch, WatchGroup } from '../../src/polling/watch.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the watch repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());
  beforeEach(() => test.execute('delete from watches'));

  const watch = (cloudId: string, fields: Partial<NewWatch> = {}): NewWatch => ({
    cloud: 'ec2',
    accountId: 'ec2-1',
    region: 'us-east-1',
    type: 'volume',
    cloudId,
    forMs: 120_000,
    firstInMs: 0,
    ...fields,
  });
  const lease = (owner = 'a', limit = 10, leaseMs = 10_000) =>
    test.store.inTransaction((tx) => tx.watches.leaseDue({ owner, leaseMs, limit, clouds: ['ec2'] }));
  async function leaseOne(): Promise<WatchGroup> {
    const [group] = await lease('a', 1);
    if (group === undefined) throw new Error('no watch is due');
    return group;
  }
  const idsOf = (group: WatchGroup | undefined) => group?.watches.map(({ cloudId }) => cloudId);
  const hold = (group: WatchGroup) => test.store.inTransaction((tx) => tx.watches.hold(group));

  it('gives what is due in groups of one account, region and type', async () => {
    await test.store.read.watches.add([
      watch('vol-1', { firstInMs: -500 }),
      watch('vol-2', { firstInMs: -400 }),
      watch('i-1', { type: 'instance', firstInMs: -300 }),
      watch('vol-3', { region: 'us-west-2', firstInMs: -200 }),
      watch('vol-later', { firstInMs: 60_000 }),
    ]);

    const first = await lease('a', 2);
    const second = await lease('b', 10);

    expect(first.map(idsOf)).to.deep.equal([['vol-1', 'vol-2'], ['i-1']]);
    expect(second.map(idsOf)).to.deep.equal([['vol-3']]);
    expect(first[0]?.watches[0]).to.deep.include({ epoch: 1, stableLooks: 0, isOver: false });
  });

  it('takes no more than one call can look at', async () => {
    await test.store.read.watches.add(Array.from({ length: 130 }, (_, index) => watch(`vol-${index}`)));

    const group = await leaseOne();
    const rest = await leaseOne();

    expect([group.watches.length, rest.watches.length]).to.deep.equal([100, 30]);
    expect(await hold(group)).to.have.property('size', 100);
  });

  it('counts looks in a row that found it stable, and ends what needs no more', async () => {
    const { watches } = test.store.read;
    await watches.add(['vol-1', 'vol-2', 'vol-3'].map((id) => watch(id)));
    await watches.report(await leaseOne(), { nextInMs: 0, stable: ['vol-1', 'vol-2'], ended: ['vol-3'] });
    const second = await leaseOne();
    await watches.report(second, { nextInMs: 0, stable: ['vol-1'], ended: [] });
    const third = await leaseOne();

    const looks = ({ watches: all }: WatchGroup) =>
      all.map(({ cloudId, stableLooks }) => `${cloudId} ${stableLooks}`);
    expect(looks(second)).to.deep.equal(['vol-1 1', 'vol-2 1']);
    expect(looks(third)).to.deep.equal(['vol-1 2', 'vol-2 0']);
  });

  it('ends what has no time left, after a last look', async () => {
    const { watches } = test.store.read;
    await watches.add([watch('vol-1', { forMs: -1 })]);
    const group = await leaseOne();
    await watches.report(group, { nextInMs: 0, stable: [], ended: [] });

    expect(group.watches[0]).to.include({ isOver: true });
    expect(await watches.count()).to.equal(0);
  });

  it('begins anew with a new change, and then nobody can end it who looked before', async () => {
    const { watches } = test.store.read;
    await watches.add([watch('vol-1'), watch('vol-2')]);
    const before = await leaseOne();
    await watches.add([watch('vol-1')]);

    expect([...(await hold(before))]).to.deep.equal(['vol-2']);
    await watches.report(before, { nextInMs: 60_000, stable: [], ended: ['vol-1', 'vol-2'] });

    expect(idsOf(await leaseOne())).to.deep.equal(['vol-1']);
    expect(await watches.count()).to.equal(1);
  });

  it('gives a group whose lease has run out to another, and the first holds nothing any more', async () => {
    await test.store.read.watches.add([watch('vol-1')]);
    const [first] = await lease('a', 1, -1);
    const [second] = await lease('b', 1);
    if (first === undefined || second === undefined) throw new Error('no watch is due');

    expect((await hold(first)).size).to.equal(0);
    expect((await hold(second)).size).to.equal(1);
  });

  it('purges what nobody has looked at for long', async () => {
    const { watches } = test.store.read;
    await watches.add([watch('vol-1', { forMs: -5000, cloud: 'gone' }), watch('vol-2')]);

    expect(await watches.purge({ olderThanMs: 1000, limit: 10 })).to.equal(1);
    expect(await watches.count()).to.equal(1);
  });
});

import { expect } from 'chai';
import type { LeasedUnit, NewPollUnit } from '../../src/polling/poll-unit.ts';
import { isStaleEpoch } from '../../src/polling/stale-epoch-error.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the poll unit repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());
  beforeEach(async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.remove((await pollUnits.list()).map(({ id }) => id));
  });

  const unit = (region: string, fields: Partial<NewPollUnit> = {}): NewPollUnit => ({
    cloud: 'ec2',
    accountId: 'ec2-1',
    region,
    group: 'instances',
    types: ['instance'],
    intervalMs: 30_000,
    firstInMs: 0,
    ...fields,
  });
  const lease = (owner: string, { leaseMs = 10_000, limit = 10 } = {}) =>
    test.store.inTransaction((tx) => tx.pollUnits.leaseDue({ owner, leaseMs, limit, clouds: ['ec2'] }));
  async function leaseOne(owner = 'a'): Promise<LeasedUnit> {
    const [leased] = await lease(owner, { limit: 1 });
    if (leased === undefined) throw new Error('no unit is due');
    return leased;
  }
  const hold = (leased: LeasedUnit) =>
    test.store.inTransaction((tx) => tx.pollUnits.hold(leased)).catch((err: unknown) => err);
  const completion = {
    nextInMs: 60_000,
    intervalMs: 60_000,
    durationMs: 5,
    seen: 7,
    changes: 2,
    quietPolls: 0,
    heldRemovals: 0,
    heldTagLosses: 0,
  };

  it('adds units once and brings their types up to date', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure([unit('r1'), unit('r2')]);
    const before = await pollUnits.list();
    await pollUnits.ensure([unit('r1', { types: ['instance', 'image'], firstInMs: 9000 }), unit('r3')]);

    const after = await pollUnits.list();

    expect(after.map(({ region, types }) => `${region} ${types}`)).to.deep.equal([
      'r1 instance,image',
      'r2 instance',
      'r3 instance',
    ]);
    expect(after[0]?.nextAt).to.deep.equal(before[0]?.nextAt);
  });

  it('gives what is due, the longest due first, and no more than asked for', async () => {
    await test.store.read.pollUnits.ensure([
      unit('late', { firstInMs: -1000 }),
      unit('later', { firstInMs: -5000 }),
      unit('not-yet', { firstInMs: 60_000 }),
    ]);

    const [first, ...others] = await lease('a', { limit: 1 });
    const rest = await lease('a');

    expect(others).to.deep.equal([]);
    expect(first).to.deep.include({ region: 'later', epoch: 1, state: 'ok' });
    expect(first?.lagMs).to.be.within(5000, 8000);
    expect(rest.map(({ region }) => region)).to.deep.equal(['late']);
    expect(await lease('b')).to.deep.equal([]);
  });

  it('never gives one unit to two, however many ask at once', async () => {
    const regions = Array.from({ length: 40 }, (_, index) => `r${index}`);
    await test.store.read.pollUnits.ensure(regions.map((region) => unit(region)));

    const leased = await Promise.all(
      Array.from({ length: 16 }, (_, owner) => lease(`owner-${owner}`, { limit: 5 })),
    );
    leased.push(await lease('last', { limit: 100 }));

    const taken = leased.flat().map(({ region }) => region);
    expect(taken).to.have.length(40);
    expect(new Set(taken).size).to.equal(40);
  });

  it('gives a unit whose lease has run out to another, and refuses the results of the first', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const [first] = await lease('a', { leaseMs: 1 });
    await untilTaken(() => lease('b'));

    if (first === undefined) throw new Error('no unit is due');
    expect(isStaleEpoch(await hold(first))).to.equal(true);
    expect(await test.store.read.pollUnits.extend(first, 1000)).to.equal(false);
    await test.store.read.pollUnits.complete(first, { ...completion, startedAtMs: 0 });
    expect((await test.store.read.pollUnits.list())[0]).to.deep.include({
      epoch: 2,
      owner: 'b',
      lastCompletedAt: null,
    });
  });

  it('keeps a lease that is extended', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const [first] = await lease('a', { leaseMs: 200 });
    if (first === undefined) throw new Error('no unit is due');

    expect(await test.store.read.pollUnits.extend(first, 10_000)).to.equal(true);
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(await lease('b')).to.deep.equal([]);
    expect(await hold(first)).to.deep.include({ region: 'r1' });
  });

  it('keeps others from taking a unit while its results are written', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const [first] = await lease('a', { leaseMs: 1 });
    if (first === undefined) throw new Error('no unit is due');

    const stolen = await test.store.inTransaction(async (tx) => {
      await tx.pollUnits.hold(first);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return lease('b');
    });

    expect(stolen).to.deep.equal([]);
  });

  it('notes a complete listing', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const leased = await leaseOne();
    await test.store.read.pollUnits.fail(leased, {
      nextInMs: 0,
      durationMs: 1,
      state: 'failing',
      errorCode: 'cloud-failed',
      error: 'x'.repeat(600),
    });
    const again = await leaseOne();
    expect(again).to.deep.include({ state: 'failing', consecutiveFailures: 1, epoch: 2 });

    await test.store.read.pollUnits.complete(again, { ...completion, startedAtMs: again.startedAtMs });

    const status = await test.store.read.pollUnits.find(unit('r1'));
    expect(status).to.deep.include({
      state: 'ok',
      consecutiveFailures: 0,
      lastErrorCode: null,
      lastChanges: 2,
      lastSeen: 7,
      staleZones: [],
      owner: null,
    });
    expect((status?.nextAt.getTime() ?? 0) - again.startedAtMs).to.be.within(59_000, 65_000);
    expect(await lease('b')).to.deep.equal([]);
  });

  it('wakes what matches, and only makes it earlier', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure([
      unit('r1', { firstInMs: 60_000 }),
      unit('r1', { firstInMs: 60_000, group: 'images', types: ['image'] }),
      unit('r2', { firstInMs: 60_000 }),
      unit('r1', { firstInMs: 60_000, accountId: 'ec2-2' }),
    ]);

    await pollUnits.wake({ accountId: 'ec2-1', region: 'r1', type: 'instance' }, 0);
    await pollUnits.wake({ accountId: 'ec2-1', region: 'r1', type: 'instance' }, 90_000);

    const woken = await lease('a');
    expect(woken.map(({ accountId, region, group }) => `${accountId} ${region} ${group}`)).to.deep.equal([
      'ec2-1 r1 instances',
    ]);
    expect(woken[0]?.wokenAtMs).to.be.closeTo(Date.now(), 2000);
  });

  it('tells a poll that ends that its unit was woken meanwhile', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const leased = await leaseOne();
    await test.store.read.pollUnits.wake({ accountId: 'ec2-1' });

    const held = await hold(leased);

    expect((held as LeasedUnit).wokenAtMs).to.be.at.least(leased.startedAtMs);
  });

  it('polls a unit again at once that was woken while it was polled', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure([unit('r1'), unit('r2')]);
    const [woken, quiet] = await lease('a');
    if (woken === undefined || quiet === undefined) throw new Error('no units are due');
    const { ids, nowMs } = await pollUnits.wake({ accountId: 'ec2-1', region: woken.region });
    for (const leased of [woken, quiet])
      await pollUnits.complete(leased, { ...completion, startedAtMs: leased.startedAtMs });

    const [again, ...others] = await lease('b');

    expect(ids).to.deep.equal([woken.id]);
    expect(again).to.include({ id: woken.id });
    expect(again?.startedAtMs).to.be.at.least(nowMs);
    expect(others).to.deep.equal([]);
    const [status] = await pollUnits.statusOf([woken.id]);
    expect(status?.attemptedAt?.getTime()).to.equal(woken.startedAtMs);
  });

  it('notes what a partial listing could not see, and when everything was seen last', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure([unit('r1')]);
    const first = await leaseOne();
    await pollUnits.complete(first, { ...completion, startedAtMs: first.startedAtMs, nextInMs: 0 });
    const second = await leaseOne();
    await pollUnits.complete(second, {
      ...completion,
      startedAtMs: second.startedAtMs,
      staleZones: ['us-east-1a', 'us-east-1b'],
      throttles: 2,
    });

    const status = await pollUnits.find(unit('r1'));

    expect(status).to.deep.include({
      state: 'partial',
      staleZones: ['us-east-1a', 'us-east-1b'],
      throttles: 2,
      fullyListedAt: new Date(first.startedAtMs),
      listedAt: new Date(second.startedAtMs),
    });
  });

  it('tells one that it is the first to know that a unit grows old', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure([unit('r1')]);
    const leased = await leaseOne();

    expect(await pollUnits.setStaleTold(leased, true)).to.equal(true);
    expect(await pollUnits.setStaleTold(leased, true)).to.equal(false);
    expect((await pollUnits.list())[0]).to.include({ staleTold: true });
    expect(await pollUnits.setStaleTold(leased, false)).to.equal(true);
    expect(await pollUnits.setStaleTold({ ...leased, epoch: 99 }, true)).to.equal(false);
  });

  it('lists the units of some accounts, page by page', async () => {
    const { pollUnits } = test.store.read;
    await pollUnits.ensure(['r1', 'r2', 'r3'].map((region) => unit(region)));
    await pollUnits.ensure([unit('r1', { accountId: 'ec2-2' })]);
    const page = { accountIds: ['ec2-1'], limit: 2 };

    const first = await pollUnits.listFor(page);
    const second = await pollUnits.listFor({ ...page, afterId: first.at(-1)?.id });

    expect([...first, ...second].map(({ region }) => region)).to.deep.equal(['r1', 'r2', 'r3']);
    expect(await pollUnits.listFor({ ...page, state: 'failing' })).to.deep.equal([]);
  });

  it('refuses the results of a poll whose unit was removed', async () => {
    await test.store.read.pollUnits.ensure([unit('r1')]);
    const leased = await leaseOne();
    await test.store.read.pollUnits.remove([leased.id]);

    expect(isStaleEpoch(await hold(leased))).to.equal(true);
  });
});

async function untilTaken(lease: () => Promise<LeasedUnit[]>): Promise<void> {
  while ((await lease()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

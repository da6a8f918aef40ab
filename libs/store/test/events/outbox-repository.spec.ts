import { expect } from 'chai';
import { administrativeEntry } from '../../src/events/administrative-entry.ts';
import type { OutboxEntry } from '../../src/events/outbox-entry.ts';
import { addAccount } from '../add-account.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the outbox repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const entry = (id: string) =>
    administrativeEntry({
      id,
      subject: 'token.revoked',
      scope: 'ec2-1',
      atMs: Date.now() - 2000,
      details: { clientId: id },
    });
  const minute = (number: number) => new Date(Date.UTC(2026, 10, 22, 12, number));
  /** The change `sequence` of an account, at that minute. Without a sequence: something else that is told of it. */
  const change = (accountId: string, sequence: number | undefined, at = sequence ?? 0): OutboxEntry => ({
    ...entry(`${accountId}.${sequence ?? 'note'}.${at}`),
    accountId,
    ...(sequence !== undefined && { sequence }),
    time: minute(at).toISOString(),
  });
  async function publishAll(): Promise<void> {
    const { outbox } = test.store.read;
    await outbox.markPublished((await outbox.listWaiting(10_000)).map(({ outboxId }) => outboxId));
  }
  async function addChanges(account: string, count: number): Promise<void> {
    await addAccount(test.store, account);
    const entries = Array.from({ length: count }, (_, index) => change(account, index + 1));
    await test.store.read.outbox.append(entries);
    await test.store.read.sequences.set(account, count);
    await publishAll();
  }
  const storedIds = async (after: Readonly<Record<string, number>>, limit = 100) => {
    const cursors = Object.entries(after).map(([accountId, afterId]) => ({ accountId, afterId }));
    return (await test.store.read.outbox.listStored(cursors, limit)).map(({ id }) => id);
  };
  const replayed = async (account: string, from: { sequence: number } | { time: Date }) => {
    const start = await test.store.read.outbox.findReplayStart(account, from);
    if (start.state !== 'stored') return start;
    return { sequence: start.sequence, ids: await storedIds({ [account]: start.afterId }) };
  };

  it('gives what waits in order, until it is marked as published', async () => {
    const { outbox } = test.store.read;
    await outbox.append(Array.from({ length: 250 }, (_, index) => entry(`e${index}`)));

    const first = await outbox.listWaiting(200);
    await outbox.markPublished(first.map(({ outboxId }) => outboxId));
    const rest = await outbox.listWaiting(200);

    expect([...first, ...rest].map(({ id }) => id)).to.deep.equal(
      Array.from({ length: 250 }, (_, index) => `e${index}`),
    );
    expect(first[0]).to.deep.include({
      routingKey: 'v1.gateway.ec2-1.global.token.revoked.none',
      type: 'cloud-gateway.token.revoked.v1',
    });
    expect(first[0]?.time).to.match(/Z$/);
    const backlog = await outbox.backlog();
    expect(backlog.count).to.equal(50);
    expect(backlog.oldestAgeMs).to.be.within(1000, 20_000);
  });

  it('leaves out what is on its way, and neither gives nor marks what shows up between', async () => {
    const { outbox } = test.store.read;
    await publishAll();
    await outbox.append(['a', 'late', 'b', 'c', 'd'].map(entry));
    const all = await outbox.listWaiting(10);
    const idOf = (name: string) => all.find(({ id }) => id === name)?.outboxId ?? 0;
    const underWay = ['a', 'b', 'c'].map(idOf);

    const next = await outbox.listWaiting(10, { except: underWay });
    await outbox.markPublished(underWay);

    expect(next.map(({ id }) => id)).to.deep.equal(['late', 'd']);
    expect((await outbox.listWaiting(10)).map(({ id }) => id)).to.deep.equal(['late', 'd']);
  });

  it('refuses a second event with the same id', async () => {
    const { outbox } = test.store.read;
    await outbox.append([entry('once')]);

    expect(await outbox.append([entry('once')]).catch((err) => err.code)).to.equal('ER_DUP_ENTRY');
  });

  it('gives what was published of several accounts, each after its own cursor', async () => {
    await addChanges('ec2-21', 2);
    await addChanges('ec2-22', 2);
    await addChanges('ec2-23', 1);
    const { outbox } = test.store.read;
    const [first] = await outbox.listStored([{ accountId: 'ec2-21', afterId: 0 }], 1);
    await outbox.append([change('ec2-22', 3)]);

    expect(first).to.include({ accountId: 'ec2-21', sequence: 1 });
    const after = { 'ec2-21': first?.outboxId ?? 0, 'ec2-22': 0 };
    expect(await storedIds(after)).to.deep.equal(['ec2-21.2.2', 'ec2-22.1.1', 'ec2-22.2.2']);
    expect(await storedIds(after, 2)).to.deep.equal(['ec2-21.2.2', 'ec2-22.1.1']);
    expect(await storedIds({})).to.deep.equal([]);
  });

  it('tells up to which change of an account everything is published', async () => {
    await addChanges('ec2-24', 3);
    const { outbox, sequences } = test.store.read;
    expect(await outbox.publishedSequence('ec2-24')).to.equal(3);
    await outbox.append([change('ec2-24', 4), change('ec2-24', 5), change('ec2-24', undefined)]);
    await sequences.set('ec2-24', 5);

    expect(await outbox.publishedSequence('ec2-24')).to.equal(3);
    await publishAll();
    expect(await outbox.publishedSequence('ec2-24')).to.equal(5);
    expect(await outbox.publishedSequence('ec2-none')).to.equal(0);
  });

  it('finds where a replay begins, by sequence and by time', async () => {
    await addChanges('ec2-25', 4);
    await addAccount(test.store, 'ec2-26');
    const ids = (...sequences: number[]) => sequences.map((one) => `ec2-25.${one}.${one}`);

    expect(await replayed('ec2-25', { sequence: 0 })).to.deep.equal({ sequence: 0, ids: ids(1, 2, 3, 4) });
    expect(await replayed('ec2-25', { sequence: 2 })).to.deep.equal({ sequence: 2, ids: ids(3, 4) });
    expect(await replayed('ec2-25', { sequence: 4 })).to.deep.equal({ sequence: 4, ids: [] });
    expect(await replayed('ec2-25', { time: minute(0) })).to.deep.equal({
      sequence: 0,
      ids: ids(1, 2, 3, 4),
    });
    expect(await replayed('ec2-25', { time: minute(3) })).to.deep.equal({ sequence: 3, ids: ids(4) });
    expect(await replayed('ec2-25', { time: minute(9) })).to.deep.equal({ sequence: 4, ids: [] });
    expect(await replayed('ec2-26', { sequence: 0 })).to.deep.equal({ sequence: 0, ids: [] });
    expect(await replayed('ec2-26', { time: minute(0) })).to.deep.equal({ sequence: 0, ids: [] });
  });

  it('purges what was published long enough ago, nothing that waits, and tells who asks for it later', async () => {
    const { outbox } = test.store.read;
    await publishAll();
    await outbox.purge({ olderThanMs: -60_000, limit: 10_000 });
    await addChanges('ec2-27', 4);
    await outbox.append([entry('waits')]);
    expect(await outbox.purge({ olderThanMs: 60_000, limit: 1000 })).to.equal(0);

    while ((await storedIds({ 'ec2-27': 0 })).length > 2)
      await outbox.purge({ olderThanMs: -60_000, limit: 1 });

    expect(await replayed('ec2-27', { sequence: 1 })).to.deep.equal({ state: 'too-old', oldestSequence: 2 });
    expect(await replayed('ec2-27', { time: minute(1) })).to.deep.equal({
      state: 'too-old',
      oldestSequence: 2,
    });
    const rest = { sequence: 2, ids: ['ec2-27.3.3', 'ec2-27.4.4'] };
    expect(await replayed('ec2-27', { sequence: 2 })).to.deep.equal(rest);
    expect(await replayed('ec2-27', { time: minute(2) })).to.deep.equal(rest);

    await outbox.purge({ olderThanMs: -60_000, limit: 10_000 });
    expect(await replayed('ec2-27', { sequence: 3 })).to.deep.equal({ state: 'too-old', oldestSequence: 4 });
    expect(await replayed('ec2-27', { sequence: 4 })).to.deep.equal({ sequence: 4, ids: [] });
    expect(await replayed('ec2-27', { time: minute(9) })).to.deep.equal({ sequence: 4, ids: [] });
    expect((await outbox.listWaiting(10)).map(({ id }) => id)).to.deep.equal(['waits']);
  });

  it('keeps what a subscription has before it', async () => {
    await addChanges('ec2-28', 3);
    const { outbox, subscriptions } = test.store.read;
    const start = await outbox.findReplayStart('ec2-28', { sequence: 1 });
    if (start.state !== 'stored') throw new Error(start.state);
    await test.store.inTransaction((tx) =>
      tx.subscriptions.create({
        id: 'sub_1',
        clientId: 'cli_1',
        organizationId: 'org_1',
        name: null,
        state: 'replaying',
        filter: { administration: false },
        delivery: { kind: 'queue', lengthMax: 10, ageMaxSeconds: 60 },
        auditScope: null,
        sealedSecret: null,
        createdAt: minute(0),
        accounts: [{ accountId: 'ec2-28', cloud: 'ec2', replay: start }],
      }),
    );

    await outbox.purge({ olderThanMs: -60_000, limit: 10_000 });
    expect(await storedIds({ 'ec2-28': 0 })).to.deep.equal(['ec2-28.2.2', 'ec2-28.3.3']);

    await subscriptions.end('sub_1', new Date());
    await outbox.purge({ olderThanMs: -60_000, limit: 10_000 });
    expect(await storedIds({ 'ec2-28': 0 })).to.deep.equal([]);
  });
});

import type { ResourceBody, ResourceEvent } from '@cloud-gateway/contracts';
import { resourceEventSchema } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { applyChanges, type Observation } from '../../src/resources/apply-changes.ts';
import { resourceIdOf } from '../../src/resources/resource-id.ts';
import { addAccount } from '../add-account.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('applyChanges', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  let accounts = 0;
  async function newScope() {
    accounts += 1;
    const account = `ec2-${accounts}`;
    await addAccount(test.store, account);
    return { cloud: 'ec2', account, region: 'us-east-1' };
  }
  type Scope = Awaited<ReturnType<typeof newScope>>;

  function poll(scope: Scope, observation: Partial<Observation> = {}): Observation {
    const startedAtMs = Date.now();
    return { scope, cause: { kind: 'poll', id: 'run' }, startedAtMs, observed: [], ...observation };
  }
  function request(scope: Scope, observation: Partial<Observation> = {}): Observation {
    return { ...poll(scope, observation), cause: { kind: 'request', id: 'req' }, startedAtMs: null };
  }
  const apply = (observation: Observation) => test.store.inTransaction((tx) => applyChanges(tx, observation));
  const find = (scope: Scope, id: string) =>
    test.store.read.resources.find({ ...scope, type: 'instance', id, region: scope.region });
  const historyOf = (scope: Scope, body: ResourceBody) =>
    test.store.read.revisions.list({ resourceId: resourceIdOf(scope, body), limit: 10 });
  async function eventsOf(scope: Scope): Promise<ResourceEvent[]> {
    const waiting = await test.store.read.outbox.listWaiting(10_000);
    const events = waiting.map(({ payload }) => resourceEventSchema.parse(JSON.parse(payload)));
    return events.filter(({ account }) => account === scope.account);
  }

  it('writes row, revision, sequence and event of a discovery', async () => {
    const scope = await newScope();
    const body = instanceBody('i-1', { name: 'wörk ☁️', tags: { 'a.b': 'ü' } });

    const counts = await apply(poll(scope, { observed: [body] }));

    expect(counts).to.deep.equal({ discovered: 1, updated: 0, state: 0, deleted: 0 });
    const document = await find(scope, 'i-1');
    expect(document).to.deep.include({
      ...body,
      account: scope.account,
      revision: 1,
      sequence: 1,
      deletedAt: null,
    });
    const [event] = await eventsOf(scope);
    expect(event).to.deep.include({
      change: 'discovered',
      sequence: 1,
      revision: 1,
      oldState: null,
      newState: 'running',
    });
    expect(event?.id).to.equal(`${document?.id}.1`);
    expect(event?.href).to.equal(document?.href);
    const [waiting] = (await test.store.read.outbox.listWaiting(10_000)).filter(({ id }) => id === event?.id);
    expect(waiting?.routingKey).to.equal(`v1.ec2.${scope.account}.us-east-1.instance.discovered.running`);
    expect(waiting?.subject).to.equal(document?.id);
    const [revision] = await historyOf(scope, body);
    expect(revision).to.deep.include({ revision: 1, change: 'discovered', validTo: null, body });
  });

  it('writes nothing when nothing has changed', async () => {
    const scope = await newScope();
    await apply(poll(scope, { observed: [instanceBody('i-1')] }));
    const before = await find(scope, 'i-1');

    const counts = await apply(poll(scope, { observed: [instanceBody('i-1')] }));

    expect(counts).to.deep.equal({ discovered: 0, updated: 0, state: 0, deleted: 0 });
    expect(await find(scope, 'i-1')).to.deep.equal(before);
    expect(await eventsOf(scope)).to.have.length(1);
    expect(await test.store.read.sequences.current(scope.account)).to.equal(1);
  });

  it('chains the revisions of a resource in time', async () => {
    const scope = await newScope();
    await apply(poll(scope, { observed: [instanceBody('i-1', { state: 'pending' })] }));
    await apply(request(scope, { observed: [instanceBody('i-1')] }));

    const [second, first] = await historyOf(scope, instanceBody('i-1'));

    expect(first?.validTo).to.equal(second?.validFrom);
    expect(second).to.deep.include({ change: 'state', validTo: null, changedFields: ['state'] });
    expect(second?.cause).to.deep.equal({ kind: 'request', id: 'req' });
    const then = await test.store.read.revisions.at(
      resourceIdOf(scope, instanceBody('i-1')),
      new Date(first?.validFrom ?? 0),
    );
    expect(then?.revision).to.equal(first?.validFrom === second?.validFrom ? 2 : 1);
  });

  it('leaves a tombstone, and goes on from there when the resource returns', async () => {
    const scope = await newScope();
    const body = instanceBody('i-1');
    await apply(poll(scope, { observed: [body] }));
    await apply(poll(scope, { absentIds: [resourceIdOf(scope, body)], startedAtMs: Date.now() + 1 }));
    const deleted = await find(scope, 'i-1');
    await apply(poll(scope, { observed: [body], startedAtMs: Date.now() + 2 }));

    expect(deleted).to.deep.include({ revision: 2, sequence: 2, state: 'running' });
    expect(deleted?.deletedAt).to.be.a('string');
    expect(await find(scope, 'i-1')).to.deep.include({ revision: 3, sequence: 3, deletedAt: null });
    expect((await eventsOf(scope)).map(({ change }) => change)).to.deep.equal([
      'discovered',
      'deleted',
      'discovered',
    ]);
    expect((await historyOf(scope, body)).map(({ revision }) => revision)).to.deep.equal([3, 2, 1]);
  });

  it('lets no listing undo what a request has seen since it began', async () => {
    const scope = await newScope();
    const body = instanceBody('i-1', { state: 'pending' });
    const startedAtMs = Date.now() - 1000;
    await apply(request(scope, { observed: [body] }));

    await apply(poll(scope, { startedAtMs, observed: [instanceBody('i-1', { state: 'stopped' })] }));
    await apply(poll(scope, { startedAtMs, absentIds: [resourceIdOf(scope, body)] }));

    expect(await find(scope, 'i-1')).to.deep.include({ state: 'pending', revision: 1, deletedAt: null });
  });

  it('notes that a request saw the resource, although nothing changed', async () => {
    const scope = await newScope();
    const body = instanceBody('i-1');
    await apply(poll(scope, { observed: [body], startedAtMs: Date.now() - 5000 }));
    const before = await find(scope, 'i-1');
    await apply(request(scope, { observed: [body] }));

    const after = await find(scope, 'i-1');

    expect(Date.parse(after?.observedAt ?? '')).to.be.greaterThan(Date.parse(before?.observedAt ?? ''));
    expect(after?.revision).to.equal(1);
  });

  it('numbers the changes of one account without a gap, whoever writes them at once', async () => {
    const scope = await newScope();
    const writers = Array.from({ length: 8 }, (_, writer) =>
      Array.from({ length: 5 }, (_, index) => instanceBody(`i-${writer}-${index}`)),
    );

    await Promise.all(writers.map((observed) => apply(poll(scope, { observed }))));

    const events = await eventsOf(scope);
    expect(events.map(({ sequence }) => sequence)).to.deep.equal(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(await test.store.read.sequences.current(scope.account)).to.equal(40);
  });

  it('makes one row of a create and a discovery at the same moment', async () => {
    const scope = await newScope();
    const observed = [instanceBody('i-1')];

    await Promise.all([apply(poll(scope, { observed })), apply(request(scope, { observed }))]);

    expect(await eventsOf(scope)).to.have.length(1);
    expect(await find(scope, 'i-1')).to.deep.include({ revision: 1 });
  });

  it('writes no event when the transaction does not end well', async () => {
    const scope = await newScope();

    const failing = test.store.inTransaction(async (tx) => {
      await applyChanges(tx, poll(scope, { observed: [instanceBody('i-1')] }));
      throw new Error('stop');
    });

    expect(await failing.catch((err: Error) => err.message)).to.equal('stop');
    expect(await find(scope, 'i-1')).to.equal(null);
    expect(await eventsOf(scope)).to.deep.equal([]);
    expect(await test.store.read.sequences.current(scope.account)).to.equal(0);
  });

  it('refuses an account that is not there', async () => {
    const scope = { cloud: 'ec2', account: 'ec2-none', region: 'us-east-1' };

    const refused = await apply(poll(scope, { observed: [instanceBody('i-1')] })).catch((err) => err);

    expect(refused).to.have.property('code', 'not-found');
  });

  it('writes a first listing of 2000 in a few seconds', async function () {
    this.timeout(20_000);
    const scope = await newScope();
    const observed = Array.from({ length: 2000 }, (_, index) => instanceBody(`i-${index}`));

    const counts = await apply(poll(scope, { observed }));

    expect(counts.discovered).to.equal(2000);
    const { sequence, nowMs } = await test.store.inTransaction((tx) => tx.sequences.lock(scope.account));
    expect(sequence).to.equal(2000);
    expect(Math.abs(nowMs - Date.now())).to.be.lessThan(5000);
  });
});

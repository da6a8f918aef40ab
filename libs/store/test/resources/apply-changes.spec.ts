import type { ResourceBody, ResourceEvent } from '@cloud-gateway/contracts';
import { resourceEventSchema } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { applyChanges, type Observation } from '../../src/resources/apply-changes.ts';
import type { Absence, AbsenceReason } from '../../src/resources/diff-resources.ts';
import { publishedAccountId, resourceIdOf, resourceKey } from '../../src/resources/resource-id.ts';
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
  const none = { discovered: 0, updated: 0, state: 0, deleted: 0, published: 0, shared: 0, unshared: 0 };
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
  const gone = (scope: Scope, body: ResourceBody, reason: AbsenceReason): Absence => ({
    id: resourceIdOf(scope, body),
    reason,
  });
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

    expect(counts).to.deep.equal({ ...none, discovered: 1 });
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

    expect(counts).to.deep.equal(none);
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
    await apply(poll(scope, { absent: [gone(scope, body, 'terminal')], startedAtMs: Date.now() + 1 }));
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
    await apply(poll(scope, { startedAtMs, absent: [gone(scope, body, 'terminal')] }));

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

  it('removes what two listings lack, and forgets the first absence of what is back', async () => {
    const scope = await newScope();
    const [lost, back] = [instanceBody('i-lost'), instanceBody('i-back')];
    const startedAtMs = Date.now() - 5000;
    const missedOf = async () => {
      const rows = await test.store.read.resources.fingerprints({ ...scope, types: ['instance'] });
      return [...rows.values()].map(({ cloudId, missedAtMs }) => [cloudId, missedAtMs]);
    };
    await apply(poll(scope, { startedAtMs, observed: [lost, back] }));
    const absent = [gone(scope, lost, 'absent'), gone(scope, back, 'absent')];

    expect(await apply(poll(scope, { startedAtMs: startedAtMs + 1, absent }))).to.deep.equal(none);
    expect(await missedOf()).to.deep.equal([
      ['i-back', startedAtMs + 1],
      ['i-lost', startedAtMs + 1],
    ]);
    const counts = await apply(
      poll(scope, { startedAtMs: startedAtMs + 2, observed: [back], absent: absent.slice(0, 1) }),
    );

    expect(counts).to.deep.equal({ ...none, deleted: 1 });
    expect(await missedOf()).to.deep.equal([['i-back', null]]);
    expect(await find(scope, 'i-back')).to.deep.include({ revision: 1 });
    expect((await eventsOf(scope)).map(({ change }) => change)).to.deep.equal([
      'discovered',
      'discovered',
      'deleted',
    ]);
  });

  it('keeps what is published once, in the care of who saw it first', async () => {
    const scope = await newScope();
    const published = { ...scope, account: publishedAccountId('ec2') };
    await addAccount(test.store, published.account);
    const image = instanceBody('ami-1', { type: 'image', state: 'available' });
    const open = { ...image, visibility: 'public' as const, tags: {} };
    const startedAtMs = Date.now() - 5000;
    await apply(poll(scope, { startedAtMs, observed: [image] }));

    await apply(poll(published, { startedAtMs: startedAtMs + 1, observed: [open], observer: scope.account }));
    await apply(poll(scope, { startedAtMs: startedAtMs + 1, absent: [gone(scope, image, 'published')] }));
    const { resources } = test.store.read;
    const types = ['image'] as const;
    const key = resourceKey(image);

    expect((await eventsOf(scope)).map(({ change }) => change)).to.deep.equal(['discovered', 'published']);
    expect(await resources.fingerprints({ ...scope, types })).to.have.property('size', 0);
    expect(await resources.fingerprints({ ...published, types })).to.have.property('size', 0);
    expect((await resources.observedFor({ ...scope, types })).get(key)).to.include({
      observer: scope.account,
    });
    const live = await resources.livePublished({ ...scope, type: 'image', cloudIds: ['ami-1', 'ami-2'] });
    expect([...live.keys()]).to.deep.equal(['ami-1']);
    const shown = await resources.find({ ...scope, type: 'image', id: 'ami-1' });
    expect(shown).to.include({ account: null, visibility: 'public' });

    expect(await resources.adoptObserved(scope.account)).to.equal(1);
    expect((await resources.fingerprints({ ...published, types })).get(key)).to.include({
      observer: published.account,
    });
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

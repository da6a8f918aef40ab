import { expect } from 'chai';
import type { NewSubscription } from '../../src/subscriptions/subscription.ts';
import { addAccount } from '../add-account.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the subscription repository', () => {
  let test: TestStore;
  let count = 0;
  before(async () => {
    test = await openTestStore();
    for (const account of ['ec2-1', 'ec2-2', 'ec2-public', 'other-1']) await addAccount(test.store, account);
  });
  after(() => test.close());

  const createdAt = new Date('2026-11-22T12:00:00.000Z');
  async function addClient(): Promise<string> {
    const id = `cli_${count++}`;
    await test.store.read.clients.create({
      id,
      organizationId: `org_${id}`,
      name: id,
      permissions: [],
      secretHash: 'x',
      createdAt,
    });
    return id;
  }
  const grant = (clientId: string, accountId: string) =>
    test.store.inTransaction((tx) =>
      tx.grants.put({ clientId, accountId, credentialId: 'crd_x', provenAt: createdAt }),
    );
  const revoke = (clientId: string, accountId: string) =>
    test.store.inTransaction((tx) => tx.grants.remove(clientId, accountId));

  async function subscribe(clientId: string, changes: Partial<NewSubscription> = {}): Promise<string> {
    const subscription: NewSubscription = {
      id: `sub_${String(count++).padStart(4, '0')}`,
      clientId,
      organizationId: `org_${clientId}`,
      name: 'mine',
      state: 'active',
      filter: { accounts: ['ec2-1'], types: ['instance'], administration: false },
      delivery: { kind: 'queue', lengthMax: 10, ageMaxSeconds: 60 },
      auditScope: null,
      sealedSecret: null,
      createdAt,
      accounts: [{ accountId: 'ec2-1', cloud: 'ec2', replay: null }],
      ...changes,
    };
    await test.store.inTransaction((tx) => tx.subscriptions.create(subscription));
    return subscription.id;
  }
  const find = async (id: string) => {
    const found = await test.store.read.subscriptions.find(id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
  const differencesOf = async (clientId: string) => {
    const { toBind, toUnbind, toSuspend } = await test.store.read.subscriptions.differences(1000);
    const own = (await test.store.read.subscriptions.list({ clientId, limit: 100 })).map(({ id }) => id);
    const accounts = (rows: typeof toBind) =>
      rows.filter((row) => own.includes(row.subscriptionId)).map(({ accountId }) => accountId);
    return {
      toBind: accounts(toBind),
      toUnbind: accounts(toUnbind),
      toSuspend: toSuspend.filter((id) => own.includes(id)),
    };
  };
  const nothing = { toBind: [], toUnbind: [], toSuspend: [] };

  it('gives back what was stored', async () => {
    const clientId = await addClient();
    const id = await subscribe(clientId, {
      state: 'replaying',
      sealedSecret: 'sealed',
      auditScope: 'org_1',
      accounts: [
        { accountId: 'ec2-2', cloud: 'ec2', replay: null },
        { accountId: 'ec2-1', cloud: 'ec2', replay: { afterId: 7, sequence: 3 } },
      ],
    });

    const account = { cloud: 'ec2', bound: false, withdrawn: false, lostFrom: null };
    expect(await find(id)).to.deep.equal({
      id,
      clientId,
      organizationId: `org_${clientId}`,
      name: 'mine',
      state: 'replaying',
      filter: { accounts: ['ec2-1'], types: ['instance'], administration: false },
      delivery: { kind: 'queue', lengthMax: 10, ageMaxSeconds: 60 },
      auditScope: 'org_1',
      sealedSecret: 'sealed',
      accounts: [
        { ...account, accountId: 'ec2-1', sequence: 3, replayStart: 7, replayedTo: 7 },
        { ...account, accountId: 'ec2-2', sequence: null, replayStart: null, replayedTo: null },
      ],
      dropped: { count: 0, lastAt: null },
      noticeDue: false,
      createdAt,
      suspendedAt: null,
    });
    expect(await test.store.read.subscriptions.find('sub_none')).to.equal(undefined);
  });

  it('lists by client and by organization, page by page, without ended ones', async () => {
    const clientId = await addClient();
    const ids = [await subscribe(clientId), await subscribe(clientId), await subscribe(clientId)];
    await subscribe(await addClient());
    const { subscriptions } = test.store.read;
    const idsOf = (page: { readonly id: string }[]) => page.map(({ id }) => id);

    expect(idsOf(await subscriptions.list({ clientId, limit: 2 }))).to.deep.equal(ids.slice(0, 2));
    const rest = await subscriptions.list({ organizationId: `org_${clientId}`, afterId: ids[1], limit: 9 });
    expect(idsOf(rest)).to.deep.equal(ids.slice(2));

    expect(await subscriptions.end(ids[0] ?? '', createdAt)).to.equal(true);
    expect(await subscriptions.end(ids[0] ?? '', createdAt)).to.equal(false);
    expect(await subscriptions.count({ clientId })).to.equal(2);
    expect(idsOf(await subscriptions.list({ clientId, limit: 9 }))).to.deep.equal(ids.slice(1));
    expect(await subscriptions.find(ids[0] ?? '')).to.equal(undefined);
  });

  it('tells what is to be bound and unbound when grants come and go', async () => {
    const clientId = await addClient();
    const { subscriptions } = test.store.read;
    const id = await subscribe(clientId, {
      filter: { administration: false },
      accounts: [],
    });
    expect(await differencesOf(clientId)).to.deep.equal(nothing);

    await grant(clientId, 'ec2-2');
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toBind: ['ec2-2'] });
    await subscriptions.markBound(id, { accountId: 'ec2-2', cloud: 'ec2', sequence: 4 });
    await subscriptions.markBound(id, { accountId: 'ec2-2', cloud: 'ec2', sequence: 5 });
    expect(await differencesOf(clientId)).to.deep.equal(nothing);

    await revoke(clientId, 'ec2-2');
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toUnbind: ['ec2-2'] });
    await subscriptions.markUnbound(id, { accountId: 'ec2-2', lostFrom: 9 });
    await subscriptions.markUnbound(id, { accountId: 'ec2-2', lostFrom: 11 });
    expect(await differencesOf(clientId)).to.deep.equal(nothing);
    expect((await find(id)).accounts).to.deep.equal([
      {
        accountId: 'ec2-2',
        cloud: 'ec2',
        bound: false,
        withdrawn: true,
        sequence: 5,
        replayStart: null,
        replayedTo: null,
        lostFrom: 9,
      },
    ]);

    await grant(clientId, 'ec2-2');
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toBind: ['ec2-2'] });
    await subscriptions.markBound(id, { accountId: 'ec2-2', cloud: 'ec2', sequence: 20 });
    expect((await find(id)).accounts[0]).to.include({ bound: true, sequence: 20, lostFrom: 9 });
  });

  it('grants what a cloud publishes with any account of that cloud, where it is named', async () => {
    const clientId = await addClient();
    const accounts = [
      { accountId: 'ec2-1', cloud: 'ec2', replay: null },
      { accountId: 'ec2-public', cloud: 'ec2', replay: null },
    ];
    await subscribe(clientId, {
      filter: { accounts: ['ec2-1', 'ec2-public'], administration: false },
      accounts,
    });
    await grant(clientId, 'other-1');
    expect(await differencesOf(clientId)).to.deep.equal(nothing);

    await grant(clientId, 'ec2-2');
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toBind: ['ec2-public'] });
  });

  it('waits with the binding of what is replayed, and takes the replay back with the grant', async () => {
    const clientId = await addClient();
    const { subscriptions } = test.store.read;
    await grant(clientId, 'ec2-1');
    await grant(clientId, 'ec2-2');
    const id = await subscribe(clientId, {
      state: 'replaying',
      filter: { accounts: ['ec2-1', 'ec2-2'], administration: false },
      accounts: [
        { accountId: 'ec2-1', cloud: 'ec2', replay: { afterId: 7, sequence: 3 } },
        { accountId: 'ec2-2', cloud: 'ec2', replay: null },
      ],
    });
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toBind: ['ec2-2'] });

    await subscriptions.moveReplayed(id, [{ accountId: 'ec2-1', replayedTo: 12 }]);
    await subscriptions.moveReplayed(id, [{ accountId: 'ec2-1', replayedTo: 10 }]);
    expect((await find(id)).accounts[0]?.replayedTo).to.equal(12);

    await revoke(clientId, 'ec2-1');
    expect(await differencesOf(clientId)).to.deep.equal({
      toBind: ['ec2-2'],
      toUnbind: ['ec2-1'],
      toSuspend: [],
    });
  });

  it('becomes active once, from joining only', async () => {
    const clientId = await addClient();
    const { subscriptions } = test.store.read;
    const id = await subscribe(clientId, {
      state: 'replaying',
      accounts: [{ accountId: 'ec2-1', cloud: 'ec2', replay: { afterId: 7, sequence: 3 } }],
    });
    const activate = () => test.store.inTransaction((tx) => tx.subscriptions.activate(id, ['ec2-1']));

    expect(await activate()).to.equal(false);
    expect(await subscriptions.setState(id, { from: ['replaying'], to: 'joining' })).to.equal(true);
    expect(await subscriptions.setState(id, { from: ['replaying'], to: 'joining' })).to.equal(false);
    expect((await subscriptions.listByState('joining', { limit: 9 })).map((one) => one.id)).to.include(id);
    expect(await activate()).to.equal(true);
    expect(await activate()).to.equal(false);

    const { state, accounts } = await find(id);
    expect(state).to.equal('active');
    expect(accounts[0]).to.include({ bound: true, sequence: 3, replayedTo: null });
  });

  it('tells whose client is disabled, and what of it is bound', async () => {
    const clientId = await addClient();
    const { subscriptions, clients } = test.store.read;
    await grant(clientId, 'ec2-1');
    const id = await subscribe(clientId);
    await subscriptions.markBound(id, { accountId: 'ec2-1', cloud: 'ec2', sequence: 1 });
    await clients.disable(clientId, createdAt);
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toSuspend: [id] });

    await subscriptions.setState(id, { from: ['active', 'joining', 'replaying'], to: 'suspended' });
    expect(await differencesOf(clientId)).to.deep.equal({ ...nothing, toUnbind: ['ec2-1'] });
    expect((await find(id)).suspendedAt).to.be.instanceOf(Date);
    expect((await subscriptions.countByState()).suspended).to.equal(1);

    await subscriptions.markUnbound(id, { accountId: 'ec2-1', lostFrom: 1 });
    expect(await differencesOf(clientId)).to.deep.equal(nothing);
  });

  it('sums up what was dropped, keeps the lowest sequence, and forgets it when told', async () => {
    const clientId = await addClient();
    const { subscriptions } = test.store.read;
    const id = await subscribe(clientId);
    const lastAt = new Date('2026-11-22T13:00:00.000Z');

    await subscriptions.noteDropped(id, {
      count: 3,
      lastAt,
      accounts: [
        { accountId: 'ec2-1', lowestSequence: 12 },
        { accountId: 'org_1', lowestSequence: 1 },
      ],
    });
    await subscriptions.noteDropped(id, {
      count: 1,
      lastAt: createdAt,
      accounts: [{ accountId: 'ec2-1', lowestSequence: 15 }],
    });
    const after = await find(id);
    expect(after.dropped).to.deep.equal({ count: 4, lastAt });
    expect(after.accounts.map(({ accountId, lostFrom }) => [accountId, lostFrom])).to.deep.equal([
      ['ec2-1', 11],
    ]);

    // What was told of an earlier state does not count.
    await subscriptions.noteTold(id, { count: 3, lastAt });
    expect((await find(id)).noticeDue).to.equal(true);
    await subscriptions.noteTold(id, after.dropped);
    expect((await find(id)).noticeDue).to.equal(false);

    expect(await test.store.inTransaction((tx) => tx.subscriptions.clearDropped(id))).to.deep.equal([
      { accountId: 'ec2-1', lostFrom: 11 },
    ]);
    const cleared = await find(id);
    expect(cleared.dropped).to.deep.equal({ count: 0, lastAt: null });
    expect(cleared.accounts[0]?.lostFrom).to.equal(null);
  });

  it('lists the webhooks that are at work', async () => {
    const clientId = await addClient();
    const delivery = {
      kind: 'webhook',
      url: 'https://example.com/',
      lengthMax: 10,
      ageMaxSeconds: 60,
      timeoutSeconds: 10,
    } as const;
    const { subscriptions } = test.store.read;
    const replaying = await subscribe(clientId, { delivery, state: 'replaying' });
    const active = await subscribe(clientId, { delivery });
    const suspended = await subscribe(clientId, { delivery });
    await subscriptions.setState(suspended, { from: ['active'], to: 'suspended' });
    await subscriptions.end(await subscribe(clientId, { delivery }), createdAt);
    await subscribe(clientId);
    expect(await subscriptions.listWebhookIds()).to.have.members([replaying, active]);
  });

  it('is purged with all that belongs to it, once its queue is gone', async () => {
    const clientId = await addClient();
    const { subscriptions, webhookDeadLetters } = test.store.read;
    const id = await subscribe(clientId);
    const kept = await subscribe(clientId);
    for (const subscriptionId of [id, kept]) {
      const event = {
        id: 'e1',
        routingKey: 'v1.a.b.c.d.e.f',
        type: 't',
        source: '/s',
        subject: 'x',
        time: createdAt.toISOString(),
        payload: '{}',
      };
      const at = createdAt;
      await webhookDeadLetters.add({
        id: 'd1',
        subscriptionId,
        event,
        attempts: 1,
        lastStatus: null,
        lastError: '',
        at,
      });
    }
    await subscriptions.end(id, createdAt);
    const purge = () => subscriptions.purge({ olderThanMs: -60_000, limit: 100 });

    expect(await purge()).to.equal(0);
    expect((await subscriptions.listEnded(100)).find((one) => one.id === id)).to.deep.equal({
      id,
      clientId,
      delivery: { kind: 'queue', lengthMax: 10, ageMaxSeconds: 60 },
    });
    await subscriptions.noteQueueRemoved(id);
    expect(await subscriptions.purge({ olderThanMs: 10 * 365 * 86_400_000, limit: 100 })).to.equal(0);
    expect(await purge()).to.equal(1);
    expect(await webhookDeadLetters.count(id)).to.equal(0);
    expect(await webhookDeadLetters.count(kept)).to.equal(1);
  });
});

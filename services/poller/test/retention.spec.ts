import { applyChanges } from '@cloud-gateway/store';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { purgeOld } from '../src/retention.ts';
import { instanceBody } from './instance-body.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('purgeOld', function () {
  this.timeout(serverStartTimeoutMs);
  let fixture: PollerFixture;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());

  const never = 10 * 365 * 86_400_000;
  const keepAll = {
    everyMs: 1,
    revisionsMs: never,
    tombstonesMs: never,
    eventsMs: never,
    intentsMs: never,
    deadLettersMs: never,
  };

  it('purges what is old, and nothing that is there or young', async () => {
    const { store } = fixture;
    const account = await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });
    const scope = { cloud: 'ec2', account, region: 'us-east-1' };
    const cause = { kind: 'request', id: 'req' } as const;
    const see = (state: string, cloudId: string) =>
      store.inTransaction((tx) =>
        applyChanges(tx, { scope, cause, startedAtMs: null, observed: [instanceBody(cloudId, { state })] }),
      );
    await see('pending', 'i-1');
    await see('running', 'i-1');
    await see('running', 'i-gone');
    const gone = { cloud: 'ec2', account, type: 'instance', id: 'i-gone' } as const;
    const { id } = (await store.read.resources.find(gone)) ?? { id: '' };
    await store.inTransaction((tx) =>
      applyChanges(tx, {
        scope,
        cause,
        startedAtMs: null,
        observed: [],
        absent: [{ id, reason: 'destroyed' }],
      }),
    );
    const { signal } = new AbortController();

    const nothing = await purgeOld(store, keepAll, signal);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const all = await purgeOld(store, { ...keepAll, revisionsMs: 1, tombstonesMs: 1 }, signal);

    expect(nothing).to.deep.equal({
      events: 0,
      tombstones: 0,
      revisions: 0,
      intents: 0,
      watches: 0,
      leases: 0,
      subscriptions: 0,
      deadLetters: 0,
      brokerLogins: 0,
    });
    expect(all).to.include({ tombstones: 1, revisions: 1 });
    expect(await store.read.resources.find(gone)).to.equal(null);
    const kept = await store.read.resources.find({ ...gone, id: 'i-1' });
    const history = await store.read.revisions.list({ resourceId: kept?.id ?? '', limit: 10 });
    expect(history.map(({ state }) => state)).to.deep.equal(['running']);
  });

  it('purges what is left of subscriptions and logins that are over', async () => {
    const { read, inTransaction } = fixture.store;
    const longAgo = new Date(Date.now() - 30 * 86_400_000);
    for (const id of ['sub_ended', 'sub_queued', 'sub_living']) {
      await inTransaction((tx) =>
        tx.subscriptions.create({
          id,
          clientId: 'cli_test',
          organizationId: 'org_test',
          name: null,
          state: 'active',
          filter: { administration: false },
          delivery: { kind: 'queue', lengthMax: 10, ageMaxSeconds: 60 },
          auditScope: null,
          sealedSecret: null,
          createdAt: longAgo,
          accounts: [],
        }),
      );
      const event = { id: 'e', routingKey: 'k', type: 't', source: '/', subject: 's', payload: '{}' };
      await read.webhookDeadLetters.add({
        id: 'dlt_1',
        subscriptionId: id,
        event: { ...event, time: longAgo.toISOString() },
        attempts: 1,
        lastStatus: 500,
        lastError: 'no',
        at: id === 'sub_living' ? longAgo : new Date(),
      });
      if (id !== 'sub_living') await read.subscriptions.end(id, longAgo);
    }
    await read.subscriptions.noteQueueRemoved('sub_ended');
    const login = { clientId: 'cli_test', at: longAgo };
    await read.brokerLogins.note({ ...login, tokenId: 'tok_ended', expiresAt: longAgo });
    await read.brokerLogins.note({ ...login, tokenId: 'tok_open', expiresAt: new Date() });
    await read.brokerLogins.end({ clientId: 'cli_test', tokenId: 'tok_ended', lastAt: longAgo });

    const { signal } = new AbortController();
    const purged = await purgeOld(fixture.store, { ...keepAll, deadLettersMs: 7 * 86_400_000 }, signal);

    expect(purged).to.include({ subscriptions: 1, deadLetters: 1, brokerLogins: 1 });
    expect(await read.webhookDeadLetters.count('sub_ended')).to.equal(0);
    expect(await read.webhookDeadLetters.count('sub_queued')).to.equal(1);
    expect((await read.subscriptions.listEnded(10)).map(({ id }) => id)).to.deep.equal(['sub_queued']);
    expect(await read.subscriptions.find('sub_living')).to.include({ id: 'sub_living' });
  });
});

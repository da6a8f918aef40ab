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
  const keepAll = { everyMs: 1, revisionsMs: never, tombstonesMs: never, eventsMs: never, intentsMs: never };

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
    });
    expect(all).to.include({ tombstones: 1, revisions: 1 });
    expect(await store.read.resources.find(gone)).to.equal(null);
    const kept = await store.read.resources.find({ ...gone, id: 'i-1' });
    const history = await store.read.revisions.list({ resourceId: kept?.id ?? '', limit: 10 });
    expect(history.map(({ state }) => state)).to.deep.equal(['running']);
  });
});

import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { applyChanges } from '../../src/resources/apply-changes.ts';
import { resourceIdOf } from '../../src/resources/resource-id.ts';
import type { SyncAnswer } from '../../src/resources/sync-changes.ts';
import { addAccount } from '../add-account.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

const dayMs = 86_400_000;

describe('history, sync and retention', () => {
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

  /** What a poll saw so many days ago. */
  async function poll(scope: Scope, daysAgo: number, seen: { observed?: ResourceBody[]; gone?: string[] }) {
    const absent = (seen.gone ?? []).map((cloudId) => ({
      id: resourceIdOf(scope, { type: 'instance', cloudId }),
      reason: 'terminal' as const,
    }));
    await test.store.inTransaction((tx) =>
      applyChanges(tx, {
        scope,
        cause: { kind: 'poll', id: 'run' },
        startedAtMs: Date.now() - daysAgo * dayMs,
        observed: seen.observed ?? [],
        absent,
      }),
    );
  }
  const historyOf = (scope: Scope, cloudId: string, page: object = {}) =>
    test.store.read.revisions.list({
      resourceId: resourceIdOf(scope, { type: 'instance', cloudId }),
      limit: 10,
      ...page,
    });
  const sync = (scope: Scope, since: number, limit = 100) =>
    test.store.read.resources.sync({ account: scope.account, since, limit });
  function changesOf(answer: SyncAnswer) {
    if (answer.state !== 'changes') throw new Error(answer.state);
    return answer;
  }
  const textOf = (answer: SyncAnswer) =>
    changesOf(answer)
      .items.map(
        ({ cloudId, sequence, deletedAt }) => `${sequence} ${deletedAt === null ? '' : 'no '}${cloudId}`,
      )
      .join(', ');

  it('says of each revision what differs from the one before, on every page', async () => {
    const scope = await newScope();
    await poll(scope, 3, { observed: [instanceBody('i-1', { tags: { env: 'a' } })] });
    await poll(scope, 2, { observed: [instanceBody('i-1', { tags: { env: 'b' } })] });
    await poll(scope, 1, { observed: [instanceBody('i-1', { tags: { env: 'b' }, state: 'stopped' })] });

    const [third, second, first] = await historyOf(scope, 'i-1');

    expect(third?.diff).to.deep.equal([{ path: '/state', from: 'running', to: 'stopped' }]);
    expect(second?.diff).to.deep.equal([{ path: '/tags/env', from: 'a', to: 'b' }]);
    expect(first).to.include({ diff: null, revision: 1 });
    expect(await historyOf(scope, 'i-1', { limit: 1 })).to.deep.equal([third]);
    expect(await historyOf(scope, 'i-1', { limit: 1, beforeRevision: 3 })).to.deep.equal([second]);
  });

  it('purges revisions that ended long ago, and never the present one', async () => {
    const scope = await newScope();
    await poll(scope, 200, { observed: [instanceBody('i-old'), instanceBody('i-changed')] });
    await poll(scope, 150, { observed: [instanceBody('i-changed', { name: 'second' })] });
    await poll(scope, 50, { observed: [instanceBody('i-changed', { name: 'third' })] });
    const purge = () => test.store.read.revisions.purge({ olderThanMs: 90 * dayMs, limit: 100 });

    expect(await purge()).to.equal(1);

    const numbers = async (cloudId: string) =>
      (await historyOf(scope, cloudId)).map(({ revision, diff }) => [revision, diff === null]);
    expect(await numbers('i-old')).to.deep.equal([[1, true]]);
    expect(await numbers('i-changed')).to.deep.equal([
      [3, false],
      [2, true],
    ]);
    expect(await purge()).to.equal(0);
  });

  it('gives each resource once, with its last change, and then what changed since', async () => {
    const scope = await newScope();
    await poll(scope, 5, { observed: ['i-1', 'i-2', 'i-3'].map((id) => instanceBody(id)) });
    await poll(scope, 4, { observed: [instanceBody('i-1', { name: 'x' })], gone: ['i-2'] });

    const all = await sync(scope, 0);
    await poll(scope, 3, { gone: ['i-3'] });
    const since = await sync(scope, changesOf(all).nextSince);

    expect(textOf(all)).to.equal('3 i-3, 4 i-1');
    expect(changesOf(all)).to.include({ more: false, nextSince: 5 });
    expect(textOf(since)).to.equal('6 no i-3');
    expect(textOf(await sync(scope, 6))).to.equal('');
    expect(await sync({ ...scope, account: 'ec2-none' }, 0)).to.deep.equal({ state: 'unknown-account' });
  });

  it('forgets tombstones, and tells a client that it was away for too long', async () => {
    const scope = await newScope();
    await poll(scope, 100, { observed: [...'abcdef'].map((id) => instanceBody(`i-${id}`)) });
    await poll(scope, 60, { gone: ['i-b', 'i-c'] });
    await poll(scope, 5, { gone: ['i-d'] });
    const purge = (limit: number) =>
      test.store.read.resources.purgeTombstones({ olderThanMs: 31 * dayMs, limit });

    expect([await purge(1), await purge(5), await purge(5)]).to.deep.equal([1, 1, 0]);

    expect(await historyOf(scope, 'i-b')).to.deep.equal([]);
    expect(await historyOf(scope, 'i-d')).to.have.length(2);
    expect(await sync(scope, 7)).to.deep.equal({ state: 'resync-required' });
    expect(textOf(await sync(scope, 8))).to.equal('9 no i-d');
  });

  it('brings a first pass to its end, past the sequences of purged tombstones', async () => {
    const scope = await newScope();
    await poll(scope, 100, { observed: [...'abcdef'].map((id) => instanceBody(`i-${id}`)) });
    await poll(scope, 60, { gone: ['i-f'] });
    await test.store.read.resources.purgeTombstones({ olderThanMs: 31 * dayMs, limit: 5 });

    const first = changesOf(await sync(scope, 0, 2));
    await poll(scope, 0, { gone: ['i-a'] });
    const second = changesOf(await sync(scope, first.nextSince, 3));
    const third = changesOf(await sync(scope, second.nextSince, 3));

    expect([first, second, third].map(textOf)).to.deep.equal([
      '1 i-a, 2 i-b',
      '3 i-c, 4 i-d, 5 i-e',
      '8 no i-a',
    ]);
    expect([first.more, second.more, third.more]).to.deep.equal([true, true, false]);
    expect(third.nextSince).to.equal(8);
  });

  it('keeps what has come back, when its tombstone would have been purged', async () => {
    const scope = await newScope();
    await poll(scope, 60, { observed: [instanceBody('i-1', { tags: { env: 'a' } })] });
    await poll(scope, 50, { gone: ['i-1'] });
    await poll(scope, 1, { observed: [instanceBody('i-1', { tags: { env: 'a' } })] });

    expect(await test.store.read.resources.purgeTombstones({ olderThanMs: 31 * dayMs, limit: 5 })).to.equal(
      0,
    );

    expect(await historyOf(scope, 'i-1')).to.have.length(3);
    const tagged = { ...scope, type: 'instance', tag: [{ key: 'env', value: 'a' }], limit: 5 } as const;
    expect((await test.store.read.resources.list(tagged)).items).to.have.length(1);
  });
});

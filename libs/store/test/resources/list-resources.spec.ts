import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { applyChanges } from '../../src/resources/apply-changes.ts';
import { publishedAccountId, resourceIdOf } from '../../src/resources/resource-id.ts';
import { addAccount } from '../add-account.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the list of resources', () => {
  const account = 'ec2-111122223333';
  const published = publishedAccountId('ec2');
  const region = 'us-east-1';
  const startMs = Date.now() - 100_000;
  const image = (cloudId: string, fields: Partial<ResourceBody> = {}) =>
    instanceBody(cloudId, { type: 'image', state: 'available', ...fields });

  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    for (const id of [account, published]) await addAccount(test.store, id);
    await put(account, 1, [
      image('ami-a', { name: 'web', tags: { env: 'prod', team: 'a' } }),
      image('ami-c', { name: null, tags: { env: 'prod ', Env: 'prod' } }),
      image('ami-e', { name: 'web', state: 'pending', tags: { env: 'test', team: 'a' } }),
      image('ami-g', { name: '😀', state: 'error' }),
    ]);
    await put(account, 2, [image('ami-h', { name: null, tags: { env: 'prod' } })]);
    await put(published, 3, [
      image('ami-b', { name: 'base', visibility: 'public', owner: '137112412989' }),
      image('ami-d', { name: 'ｗ', visibility: 'public', owner: '137112412989', tags: { env: 'prod' } }),
    ]);
    await put(account, 4, [image('ami-a', { name: 'web', state: 'disabled', tags: { env: 'prod' } })]);
  });
  after(() => test.close());

  async function put(owner: string, second: number, observed: ResourceBody[], absent: string[] = []) {
    const scope = { cloud: 'ec2', account: owner, region };
    await test.store.inTransaction((tx) =>
      applyChanges(tx, {
        scope,
        observed,
        absent: absent.map((cloudId) => ({
          id: resourceIdOf(scope, { type: 'image', cloudId }),
          reason: 'terminal',
        })),
        cause: { kind: 'poll', id: 'run' },
        startedAtMs: startMs + second * 1000,
      }),
    );
  }
  const timeOf = (second: number) => new Date(startMs + second * 1000).toISOString();
  const query = { cloud: 'ec2', account, type: 'image', limit: 100 } as const;
  const list = (more: object = {}) => test.store.read.resources.list({ ...query, ...more });
  const lettersOf = (items: readonly ResourceBody[]) =>
    items.map(({ cloudId }) => cloudId.slice('ami-'.length)).join('');

  const orders = [
    { sort: 'cloudId', letters: 'abcdegh' },
    { sort: '-cloudId', letters: 'hgedcba' },
    { sort: 'name', letters: 'chbaedg' },
    { sort: '-name', letters: 'gdeabhc' },
    { sort: 'state', letters: 'bcdhage' },
    { sort: '-state', letters: 'egahdcb' },
    { sort: 'updatedAt', letters: 'ceghbda' },
    { sort: '-updatedAt', letters: 'adbhgec' },
  ];
  for (const { sort, letters } of orders) {
    it(`is in the order ${sort}, the same whatever the size of a page`, async () => {
      expect(lettersOf((await list({ sort })).items)).to.equal(letters);
      for (const limit of [1, 2, 3]) {
        const pages: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await list({ sort, limit, cursor });
          pages.push(lettersOf(page.items));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(pages.join('')).to.equal(letters);
      }
    });
  }

  it('refuses the cursor of another order, and an order that there is not', async () => {
    const { nextCursor } = await list({ sort: 'name', limit: 1 });

    const refused = await list({ sort: '-name', cursor: nextCursor }).catch((err) => err);

    expect(refused).to.have.property('code', 'validation-failed');
    expect(refused.message).to.include('name');
    expect(await list({ sort: 'constructor' }).catch((err) => err)).to.have.property(
      'code',
      'validation-failed',
    );
  });

  const filters = [
    { title: 'the owner', filter: { owner: '137112412989' }, letters: 'bd' },
    { title: 'the visibility', filter: { visibility: 'private' }, letters: 'acegh' },
    {
      title: 'a tag, by case and by every space',
      filter: { tag: [{ key: 'env', value: 'prod' }] },
      letters: 'adh',
    },
    { title: 'a tag whatever its value', filter: { tag: [{ key: 'env' }] }, letters: 'acdeh' },
    { title: 'several tags', filter: { tag: [{ key: 'env' }, { key: 'team', value: 'a' }] }, letters: 'e' },
    {
      title: 'a tag, in another order',
      filter: { tag: [{ key: 'env', value: 'prod' }], sort: '-updatedAt' },
      letters: 'adh',
    },
    { title: 'the time of the last change', filter: { updatedSince: timeOf(3) }, letters: 'abd' },
    {
      title: 'all of them at once',
      filter: { region, state: 'available', tag: [{ key: 'env' }], name: 'ｗ' },
      letters: 'd',
    },
  ];
  for (const { title, filter, letters } of filters) {
    it(`filters by ${title}`, async () => {
      expect(lettersOf((await list(filter)).items)).to.equal(letters);
      const first = await list({ ...filter, limit: 1 });
      const rest = await list({ ...filter, cursor: first.nextCursor ?? undefined });
      if (first.nextCursor !== null) expect(lettersOf(first.items) + lettersOf(rest.items)).to.equal(letters);
    });
  }

  it('is as old as the oldest listing that feeds it, and stale where one fails or never was', async () => {
    const { pollUnits } = test.store.read;
    const unit = { cloud: 'ec2', region, types: ['image'] as const, intervalMs: 1, firstInMs: 0 };
    const never = await list();
    await pollUnits.ensure([
      { ...unit, accountId: account, group: 'images' },
      { ...unit, accountId: published, group: 'public-images' },
    ]);
    const leased = await test.store.inTransaction((tx) =>
      tx.pollUnits.leaseDue({ owner: 'me', leaseMs: 10_000, limit: 2, clouds: ['ec2'] }),
    );
    const completion = {
      nextInMs: 0,
      intervalMs: 1,
      durationMs: 1,
      seen: 1,
      changes: 0,
      quietPolls: 1,
      heldRemovals: 0,
      heldTagLosses: 0,
    };
    const [first, second] = leased;
    if (first === undefined || second === undefined) throw new Error('no units are due');
    await pollUnits.complete(first, { ...completion, startedAtMs: startMs + 5000 });
    const half = await list();
    await pollUnits.complete(second, { ...completion, startedAtMs: startMs + 6000 });
    const whole = await list();
    await pollUnits.complete(second, {
      ...completion,
      startedAtMs: startMs + 7000,
      staleZones: ['us-east-1a'],
    });
    const partial = await list();

    expect(never).to.include({ observedAt: null, stale: true });
    expect(half).to.include({ observedAt: null, stale: true });
    expect(whole).to.include({ observedAt: timeOf(5), stale: false });
    expect(partial).to.include({ stale: true });
    expect(partial.items.filter(({ stale }) => stale)).to.deep.equal([]);
  });

  it('shows what was there at a time, from the history', async () => {
    await put(account, 10, [], ['ami-c']);
    await put(account, 11, [image('ami-e', { name: 'new' })]);
    const at = (second: number, more: object = {}) =>
      test.store.read.resources.listAt({ ...query, at: timeOf(second), ...more });

    expect(lettersOf((await at(0)).items)).to.equal('');
    expect(lettersOf((await at(1)).items)).to.equal('aceg');
    expect(lettersOf((await at(3)).items)).to.equal('abcdegh');
    expect(lettersOf((await at(10)).items)).to.equal('abdegh');
    expect(lettersOf((await at(3, { state: 'available' })).items)).to.equal('abcdh');
    const first = await at(3, { limit: 4 });
    const rest = await at(3, { limit: 4, cursor: first.nextCursor ?? undefined });
    expect(lettersOf(first.items) + lettersOf(rest.items)).to.equal('abcdegh');
    expect(rest.items[0]).to.include({ name: 'web', state: 'pending', revision: 1, deletedAt: null });
  });

  it('shows one as it was at a time', async () => {
    const findAt = (id: string, second: number) =>
      test.store.read.resources.findAt({ cloud: 'ec2', account, type: 'image', id, at: timeOf(second) });

    expect(await findAt('ami-a', 0)).to.equal(null);
    expect(await findAt('ami-a', 1)).to.include({ state: 'available', revision: 1, updatedAt: timeOf(1) });
    expect(await findAt('ami-a', 4)).to.include({ state: 'disabled', revision: 2, sequence: 6 });
    expect(await findAt('ami-c', 11)).to.include({ deletedAt: timeOf(10) });
    expect(await findAt('ami-b', 3)).to.include({ account: null });
  });
});

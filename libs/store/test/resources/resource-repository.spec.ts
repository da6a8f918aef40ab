import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { applyChanges } from '../../src/resources/apply-changes.ts';
import { publishedAccountId, resourceIdOf } from '../../src/resources/resource-id.ts';
import { addAccount } from '../add-account.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the resource repository', () => {
  const account = 'ec2-111122223333';
  const other = 'ec2-444455556666';
  const published = publishedAccountId('ec2');
  const image = (cloudId: string, fields: Partial<ResourceBody> = {}) =>
    instanceBody(cloudId, { type: 'image', state: 'available', ...fields });

  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    for (const id of [account, other, published]) await addAccount(test.store, id);
    await put(
      account,
      'us-east-1',
      ['a', 'c', 'e', 'g'].map((id) => image(`ami-${id}`)),
    );
    await put(account, 'us-west-2', [image('ami-i', { name: 'west', state: 'pending' }), image('ami-same')]);
    await put(account, 'us-east-1', [image('ami-same')]);
    await put(other, 'us-east-1', [image('ami-other')]);
    await put(
      published,
      'us-east-1',
      ['b', 'd', 'f'].map((id) => image(`ami-${id}`, { visibility: 'public' })),
    );
  });
  after(() => test.close());

  async function put(owner: string, region: string, observed: ResourceBody[]) {
    const scope = { cloud: 'ec2', account: owner, region };
    await test.store.inTransaction((tx) =>
      applyChanges(tx, {
        scope,
        observed,
        cause: { kind: 'poll', id: 'run' },
        startedAtMs: Date.now() - 60_000,
      }),
    );
  }
  const query = { cloud: 'ec2', account, type: 'image', limit: 100 } as const;
  const list = (more: object = {}) => test.store.read.resources.list({ ...query, ...more });
  const find = (id: string, more: object = {}) =>
    test.store.read.resources.find({ cloud: 'ec2', account, type: 'image', id, ...more });

  it("lists the account's own and the published, in the order of the cloud's ids", async () => {
    const { items, nextCursor } = await list();

    expect(items.map(({ cloudId }) => cloudId.slice(4)).join(' ')).to.equal('a b c d e f g i same same');
    expect(nextCursor).to.equal(null);
  });

  it('gives every item once, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    const { items } = await list();
    expect(seen).to.deep.equal(items.map(({ id }) => id));
    expect(new Set(seen).size).to.equal(10);
  });

  it('shows a published one under the account that asks, as belonging to none', async () => {
    const { items } = await list({ region: 'us-east-1' });

    const shown = items.find(({ cloudId }) => cloudId === 'ami-b');
    expect(shown).to.deep.include({ account: null, visibility: 'public' });
    expect(shown?.href).to.equal(`/v1/clouds/ec2/accounts/${account}/images/${shown?.id}`);
  });

  const filters = [
    { title: 'region', filter: { region: 'us-west-2' }, ids: ['ami-i', 'ami-same'] },
    { title: 'state', filter: { state: 'pending' }, ids: ['ami-i'] },
    { title: 'the whole name', filter: { name: 'west' }, ids: ['ami-i'] },
    { title: 'the whole name, by case', filter: { name: 'West' }, ids: [] },
    { title: 'type', filter: { type: 'instance' }, ids: [] },
  ];
  for (const { title, filter, ids } of filters) {
    it(`filters by ${title}`, async () => {
      const { items } = await list(filter);

      expect(items.map(({ cloudId }) => cloudId)).to.deep.equal(ids);
    });
  }

  for (const cursor of ['', 'x', 'W10', Buffer.from('[1,2]').toString('base64url')]) {
    it(`refuses the cursor ${JSON.stringify(cursor)}`, async () => {
      const refused = await list({ cursor }).catch((err) => err);

      expect(refused).to.have.property('code', 'validation-failed');
    });
  }

  it("finds by the gateway's id and by the cloud's own", async () => {
    const byCloudId = await find('ami-a');

    expect(byCloudId?.cloudId).to.equal('ami-a');
    expect(await find(byCloudId?.id ?? '')).to.deep.equal(byCloudId);
    expect(await find('ami-b')).to.deep.include({ account: null });
  });

  it('does not find what another account has, under whatever id', async () => {
    const id = resourceIdOf({ cloud: 'ec2', account: other, region: 'us-east-1' }, image('ami-other'));

    expect(await find('ami-other')).to.equal(null);
    expect(await find(id)).to.equal(null);
    expect(await find('ami-a', { type: 'instance' })).to.equal(null);
  });

  it("prefers the account's own where it is published too", async () => {
    await put(account, 'us-east-1', [image('ami-both', { name: 'own' })]);
    await put(published, 'us-east-1', [image('ami-both', { name: 'published' })]);

    expect(await find('ami-both')).to.include({ account, name: 'own' });
  });

  it('asks for the region when several use the same id', async () => {
    const refused = await find('ami-same').catch((err) => err);

    expect(refused).to.have.property('code', 'validation-failed');
    expect(await find('ami-same', { region: 'us-west-2' })).to.deep.include({ region: 'us-west-2' });
  });

  it('tells when a row was last seen, and that looking again has failed', async () => {
    const { read } = test.store;
    const before = await find('ami-a');
    await read.pollUnits.ensure([
      {
        cloud: 'ec2',
        accountId: account,
        region: 'us-east-1',
        group: 'images',
        types: ['image'],
        intervalMs: 1,
        firstInMs: 0,
      },
    ]);
    const [unit] = await test.store.inTransaction((tx) =>
      tx.pollUnits.leaseDue({ owner: 'me', leaseMs: 1000, limit: 1, clouds: ['ec2'] }),
    );
    if (unit === undefined) throw new Error('no unit is due');
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
    await read.pollUnits.complete(unit, { ...completion, startedAtMs: unit.startedAtMs });
    const seen = await find('ami-a');
    await read.pollUnits.fail(unit, {
      nextInMs: 0,
      durationMs: 1,
      state: 'failing',
      errorCode: 'x',
      error: 'x',
    });

    expect(seen?.observedAt).to.equal(new Date(unit.startedAtMs).toISOString());
    expect(seen?.observedAt).not.to.equal(before?.observedAt);
    expect(seen?.stale).to.equal(false);
    expect(await find('ami-a')).to.deep.equal({ ...seen, stale: true });
  });
});

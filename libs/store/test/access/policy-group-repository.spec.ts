import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the policy group repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const rules = [{ type: 'csg.actions', service: 'sqs', allow: ['List*'] }] as const;
  const sample = (id: string, name: string, organizationId = 'org_a') => ({
    id,
    organizationId,
    name,
    description: 'for 😀',
    rules: rules.map((rule) => ({ ...rule, allow: [...rule.allow] })),
    createdAt,
  });
  const create = (id: string, name: string, organizationId?: string) =>
    test.store.read.policyGroups.create(sample(id, name, organizationId));

  it('gives back what was created', async () => {
    expect(await create('pol_back', 'back')).to.equal('created');

    expect(await test.store.read.policyGroups.find('pol_back')).to.deep.equal({
      ...sample('pol_back', 'back'),
      version: 1,
      updatedAt: createdAt,
    });
  });

  it('takes a name once in an organization', async () => {
    await create('pol_one', 'naming');
    await create('pol_other', 'other');

    expect(await create('pol_two', 'NAMING')).to.equal('name-taken');
    expect(await create('pol_three', 'naming', 'org_b')).to.equal('created');
    const change = { name: 'Naming', description: '', rules: [], updatedAt: createdAt };
    expect(await test.store.read.policyGroups.replace('pol_other', change)).to.equal('name-taken');
    expect(await test.store.read.policyGroups.replace('pol_one', change)).to.equal('replaced');
  });

  it('counts its versions', async () => {
    await create('pol_version', 'version');
    const updatedAt = new Date('2026-02-02T00:00:00.000Z');

    await test.store.read.policyGroups.replace('pol_version', {
      name: 'version',
      description: 'new',
      rules: [],
      updatedAt,
    });

    expect(await test.store.read.policyGroups.find('pol_version')).to.deep.include({
      description: 'new',
      rules: [],
      version: 2,
      createdAt,
      updatedAt,
    });
  });

  it('lists a page of one organization, and deletes', async () => {
    for (const letter of ['x', 'y', 'z']) await create(`pol_${letter}`, letter, 'org_list');
    await test.store.read.policyGroups.delete('pol_y');

    const page = await test.store.read.policyGroups.list({
      organizationId: 'org_list',
      afterId: 'pol_x',
      limit: 5,
    });

    expect(page.map(({ id }) => id)).to.deep.equal(['pol_z']);
  });

  it('keeps a locked one from being deleted until the transaction ends', async () => {
    await create('pol_locked', 'locked');
    const order: string[] = [];
    let deleting: Promise<void> | undefined;

    await test.store.inTransaction(async (tx) => {
      await tx.policyGroups.lock('pol_locked');
      deleting ??= test.store.read.policyGroups.delete('pol_locked').then(() => void order.push('deleted'));
      await tx.policyGroups.find('pol_locked');
      order.push('used');
    });
    await deleting;

    expect(order).to.deep.equal(['used', 'deleted']);
  });
});

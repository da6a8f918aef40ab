import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the organization repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const ensure = (id: string, name: string) =>
    test.store.inTransaction((tx) =>
      tx.organizations.ensure({ id, name, createdAt: new Date('2026-01-02T03:04:05.678Z') }),
    );

  it('makes an organization once and gives the first one ever after, whatever the case of its name', async () => {
    const first = await ensure('org_a', 'Müller');
    const second = await ensure('org_b', 'MÜLLER');

    expect(first).to.deep.equal({
      id: 'org_a',
      name: 'Müller',
      createdAt: new Date('2026-01-02T03:04:05.678Z'),
    });
    expect(second.id).to.equal('org_a');
    expect(second.name).to.equal('Müller');
  });

  it('makes one of many at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `org_race_${index}`);

    const made = await Promise.all(ids.map((id) => ensure(id, 'race')));

    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
  });

  it('finds by id, byte for byte, also what cannot be an id', async () => {
    await ensure('org_find', 'find');

    expect((await test.store.read.organizations.find('org_find'))?.name).to.equal('find');
    expect(await test.store.read.organizations.find('ORG_FIND')).to.equal(undefined);
    expect(await test.store.read.organizations.find('ørg 😀')).to.equal(undefined);
  });

  it('lists a page after an id', async () => {
    for (const letter of ['x', 'y', 'z']) await ensure(`org_z${letter}`, `page ${letter}`);

    const page = await test.store.read.organizations.list({ afterId: 'org_zx', limit: 1 });

    expect(page.map(({ id }) => id)).to.deep.equal(['org_zy']);
  });
});

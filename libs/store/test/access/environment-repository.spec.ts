import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the environment repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const create = (id: string, name: string, organizationId = 'org_a') =>
    test.store.read.environments.create({ id, organizationId, name, connectionPolicy: null, createdAt });

  it('gives back what was created, without credentials at first', async () => {
    expect(await create('env_back', 'Müller 😀')).to.equal('created');

    expect(await test.store.read.environments.find('env_back')).to.deep.equal({
      id: 'env_back',
      organizationId: 'org_a',
      name: 'Müller 😀',
      connectionPolicy: null,
      createdAt,
      credentialIds: [],
    });
    expect(await test.store.read.environments.find('ENV_BACK')).to.equal(undefined);
  });

  it('takes a name once in an organization, whatever its case, and in each organization', async () => {
    await create('env_one', 'production');

    expect(await create('env_two', 'PRODUCTION')).to.equal('name-taken');
    expect(await create('env_three', 'production', 'org_b')).to.equal('created');
    expect(await test.store.read.environments.find('env_two')).to.equal(undefined);
  });

  it('makes one of many of a name at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        test.store.inTransaction((tx) =>
          tx.environments.create({
            id: `env_race_${index}`,
            organizationId: 'org_a',
            name: 'race',
            connectionPolicy: null,
            createdAt,
          }),
        ),
      ),
    );

    expect(made.filter((outcome) => outcome === 'created')).to.have.length(1);
  });

  it('keeps a connection policy until another is set', async () => {
    const { environments } = test.store.read;
    await create('env_policy', 'policy');
    await environments.setConnectionPolicy('env_policy', 'local');

    expect(await environments.find('env_policy')).to.include({ connectionPolicy: 'local' });
    expect(
      (await environments.list({ organizationId: 'org_a', limit: 100 })).map((one) => [
        one.id,
        one.connectionPolicy,
      ]),
    ).to.deep.include(['env_policy', 'local']);
    await environments.setConnectionPolicy('env_policy', null);
    expect(await environments.find('env_policy')).to.include({ connectionPolicy: null });
  });

  it('links and unlinks once', async () => {
    await create('env_link', 'link');
    const { environments } = test.store.read;

    expect(await environments.link('env_link', 'cred_b', createdAt)).to.equal(true);
    expect(await environments.link('env_link', 'cred_a', createdAt)).to.equal(true);
    expect(await environments.link('env_link', 'cred_a', createdAt)).to.equal(false);
    expect((await environments.find('env_link'))?.credentialIds).to.deep.equal(['cred_a', 'cred_b']);
    expect(await environments.unlink('env_link', 'cred_a')).to.equal(true);
    expect(await environments.unlink('env_link', 'cred_a')).to.equal(false);
    expect((await environments.find('env_link'))?.credentialIds).to.deep.equal(['cred_b']);
  });

  it('lists a page of one organization, each with its own credentials', async () => {
    for (const letter of ['x', 'y', 'z']) await create(`env_${letter}`, letter, 'org_list');
    await test.store.read.environments.link('env_y', 'cred_y', createdAt);
    await test.store.read.environments.link('env_z', 'cred_z', createdAt);

    const page = await test.store.read.environments.list({
      organizationId: 'org_list',
      afterId: 'env_x',
      limit: 2,
    });

    expect(page.map(({ id, credentialIds }) => [id, credentialIds])).to.deep.equal([
      ['env_y', ['cred_y']],
      ['env_z', ['cred_z']],
    ]);
  });
});

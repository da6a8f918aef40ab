import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the client repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const create = (id: string, organizationId = 'org_a') =>
    test.store.read.clients.create({
      id,
      organizationId,
      name: 'robot 😀',
      permissions: ['resources:read', 'audit:read', 'resources:read'],
      createdAt,
      secretHash: 'scrypt$of the secret',
    });

  it('tells whether there is any', async () => {
    expect(await test.store.read.clients.any()).to.equal(false);
    await create('cli_any');
    expect(await test.store.read.clients.any()).to.equal(true);
  });

  it('gives back what was created, without the hash of its secret', async () => {
    await create('cli_back');

    expect(await test.store.read.clients.find('cli_back')).to.deep.equal({
      id: 'cli_back',
      organizationId: 'org_a',
      name: 'robot 😀',
      permissions: ['resources:read', 'audit:read'],
      createdAt,
      disabledAt: null,
    });
    expect(await test.store.read.clients.findSecretHash('cli_back')).to.equal('scrypt$of the secret');
  });

  it('knows nothing of an id that cannot be one', async () => {
    expect(await test.store.read.clients.find('Клиент 😀')).to.equal(undefined);
    expect(await test.store.read.clients.findSecretHash('Клиент 😀')).to.equal(undefined);
  });

  it('leaves out permissions that it does not know', async () => {
    await create('cli_odd');
    await test.execute(`update clients set permissions = '["root", "audit:read"]' where id = 'cli_odd'`);

    expect((await test.store.read.clients.find('cli_odd'))?.permissions).to.deep.equal(['audit:read']);
  });

  it('replaces the hash of a secret', async () => {
    await create('cli_renewed');
    await test.store.read.clients.replaceSecretHash('cli_renewed', 'scrypt$of another');

    expect(await test.store.read.clients.findSecretHash('cli_renewed')).to.equal('scrypt$of another');
  });

  it('disables once and keeps the time', async () => {
    await create('cli_off');

    expect(await test.store.read.clients.disable('cli_off', new Date(1_000))).to.equal(true);
    expect(await test.store.read.clients.disable('cli_off', new Date(2_000))).to.equal(false);

    expect((await test.store.read.clients.find('cli_off'))?.disabledAt).to.deep.equal(new Date(1_000));
  });

  it('lists a page of one organization', async () => {
    for (const number of [1, 2, 3]) await create(`cli_page${number}`, 'org_page');

    const list = (afterId?: string) =>
      test.store.read.clients.list({ organizationId: 'org_page', afterId, limit: 2 });

    expect((await list()).map(({ id }) => id)).to.deep.equal(['cli_page1', 'cli_page2']);
    expect((await list('cli_page2')).map(({ id }) => id)).to.deep.equal(['cli_page3']);
  });
});

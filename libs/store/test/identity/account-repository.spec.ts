import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the account repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const ensure = (cloudAccountId: string) =>
    test.store.inTransaction((tx) =>
      tx.accounts.ensure({ id: `ec2-${cloudAccountId}`, cloud: 'ec2', cloudAccountId, createdAt }),
    );

  it('makes one row, however many prove the account at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ensure('111')));

    expect(await test.store.read.accounts.find('ec2-111')).to.deep.equal({
      id: 'ec2-111',
      cloud: 'ec2',
      cloudAccountId: '111',
      createdAt,
    });
  });

  it('does not start the sequence of an account anew when it is proven again', async () => {
    await ensure('222');
    await test.execute(`update accounts set sequence = 42 where id = 'ec2-222'`);

    await ensure('222');

    const [rows] = (await test.execute(`select sequence from accounts where id = 'ec2-222'`)) as [unknown];
    expect(rows).to.deep.equal([{ sequence: 42 }]);
  });

  it('lists the accounts that somebody has proven, each once', async () => {
    await ensure('331');
    await ensure('332');
    await ensure('333');
    for (const [clientId, accountId] of [
      ['cli_a', 'ec2-331'],
      ['cli_b', 'ec2-331'],
      ['cli_a', 'ec2-333'],
    ] as const) {
      await test.store.inTransaction((tx) =>
        tx.grants.put({ clientId, accountId, credentialId: `cred_${clientId}`, provenAt: createdAt }),
      );
    }

    const list = (afterId?: string) => test.store.read.accounts.listGranted({ afterId, limit: 10 });

    expect((await list()).map(({ id }) => id)).to.deep.equal(['ec2-331', 'ec2-333']);
    expect((await list('ec2-331')).map(({ id }) => id)).to.deep.equal(['ec2-333']);
  });

  it('does not list what only a disabled client has proven', async () => {
    await ensure('440');
    await test.store.read.clients.create({
      id: 'cli_off',
      organizationId: 'org_a',
      name: 'off',
      permissions: [],
      createdAt,
      secretHash: 'x',
    });
    await test.store.inTransaction((tx) =>
      tx.grants.put({
        clientId: 'cli_off',
        accountId: 'ec2-440',
        credentialId: 'cred_off',
        provenAt: createdAt,
      }),
    );
    const listed = async () =>
      (await test.store.read.accounts.listGranted({ limit: 100 })).map(({ id }) => id);
    expect(await listed()).to.include('ec2-440');

    await test.store.read.clients.disable('cli_off', createdAt);

    expect(await listed()).not.to.include('ec2-440');
  });
});

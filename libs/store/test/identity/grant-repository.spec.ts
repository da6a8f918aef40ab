import { expect } from 'chai';
import { addAccount } from '../add-account.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the grant repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    for (const account of ['ec2-111', 'ec2-222', 'ec2-333']) await addAccount(test.store, account);
  });
  after(() => test.close());

  const provenAt = new Date('2026-01-02T03:04:05.678Z');
  const put = (clientId: string, accountId: string, credentialId: string) =>
    test.store.inTransaction((tx) => tx.grants.put({ clientId, accountId, credentialId, provenAt }));
  const remove = (clientId: string, accountId: string) =>
    test.store.inTransaction((tx) => tx.grants.remove(clientId, accountId));
  const addCredential = (id: string, accountId: string, name: string | null) =>
    test.store.read.credentials.create({
      id,
      organizationId: 'org_a',
      cloud: 'ec2',
      accountId,
      name,
      kind: 'access-key',
      identity: null,
      publicPart: null,
      sealed: 'v1.sealed',
      createdAt: provenAt,
    });

  it('grants to the one client that proved, and to no other', async () => {
    expect(await put('cli_a', 'ec2-111', 'cred_1')).to.equal(undefined);

    expect(await test.store.read.grants.find('cli_a', 'ec2-111')).to.deep.equal({
      clientId: 'cli_a',
      accountId: 'ec2-111',
      credentialId: 'cred_1',
      provenAt,
    });
    expect(await test.store.read.grants.find('cli_b', 'ec2-111')).to.equal(undefined);
  });

  it('replaces an earlier grant and tells its credentials', async () => {
    await put('cli_again', 'ec2-111', 'cred_1');

    expect(await put('cli_again', 'ec2-111', 'cred_2')).to.equal('cred_1');
    expect((await test.store.read.grants.find('cli_again', 'ec2-111'))?.credentialId).to.equal('cred_2');
  });

  it('removes one grant and leaves those of others', async () => {
    await put('cli_gone', 'ec2-222', 'cred_1');
    await put('cli_stays', 'ec2-222', 'cred_2');

    expect(await remove('cli_gone', 'ec2-222')).to.equal('cred_1');
    expect(await remove('cli_gone', 'ec2-222')).to.equal(undefined);
    expect(await test.store.read.grants.find('cli_stays', 'ec2-222')).not.to.equal(undefined);
  });

  it('lists what one client has proven, under the names that it gave', async () => {
    await addCredential('cred_l1', 'ec2-111', 'mine');
    await addCredential('cred_l2', 'ec2-222', null);
    await addCredential('cred_l3', 'ec2-111', 'theirs');
    await put('cli_lists', 'ec2-111', 'cred_l1');
    await put('cli_lists', 'ec2-222', 'cred_l2');
    await put('cli_other', 'ec2-111', 'cred_l3');

    const list = (afterId?: string) =>
      test.store.read.grants.listOf({ clientId: 'cli_lists', afterId, limit: 10 });

    expect(await list()).to.deep.equal([
      {
        accountId: 'ec2-111',
        cloud: 'ec2',
        cloudAccountId: '111',
        name: 'mine',
        credentialsStatus: 'valid',
        provenAt,
      },
      {
        accountId: 'ec2-222',
        cloud: 'ec2',
        cloudAccountId: '222',
        name: null,
        credentialsStatus: 'valid',
        provenAt,
      },
    ]);
    expect((await list('ec2-111')).map(({ accountId }) => accountId)).to.deep.equal(['ec2-222']);
  });
});

import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the uses of credentials', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');

  async function createCredential(id: string): Promise<void> {
    await test.store.read.credentials.create({
      id,
      organizationId: null,
      cloud: 'ec2',
      accountId: 'ec2-111',
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: null,
      sealed: 'v1.sealed',
      createdAt,
    });
  }
  async function useBy(organizationId: string, credentialId: string): Promise<void> {
    const { environments, accessRequests, clients } = test.store.read;
    const suffix = `${organizationId}_${credentialId}`;
    await environments.create({
      id: `env_${suffix}`,
      organizationId,
      name: suffix,
      connectionPolicy: null,
      createdAt,
    });
    await environments.link(`env_${suffix}`, credentialId, createdAt);
    await clients.create({
      id: `cli_${suffix}`,
      organizationId,
      name: 'x',
      permissions: [],
      createdAt,
      secretHash: 'x',
    });
    await test.store.inTransaction((tx) =>
      tx.grants.put({ clientId: `cli_${suffix}`, accountId: 'ec2-111', credentialId, provenAt: createdAt }),
    );
    await accessRequests.create({
      id: `acr_${suffix}`,
      organizationId,
      environmentId: `env_${suffix}`,
      cloud: 'ec2',
      services: ['sqs'],
      reason: null,
      requestedBy: `cli_${suffix}`,
      requestedAt: createdAt,
    });
    await accessRequests.transition(`acr_${suffix}`, {
      from: 'pending',
      to: 'approved',
      set: { credentialId },
    });
  }

  it('are told of everybody, or of one organization', async () => {
    await createCredential('cred_shared');
    await createCredential('cred_idle');
    await useBy('org_a', 'cred_shared');
    await useBy('org_b', 'cred_shared');

    const all = await test.store.read.credentials.usesOf(['cred_shared', 'cred_idle']);
    const own = await test.store.read.credentials.usesOf(['cred_shared'], 'org_b');

    expect(all.get('cred_shared')?.environmentIds).to.have.length(2);
    expect(all.get('cred_idle')).to.deep.equal({ environmentIds: [], accessRequestIds: [], clientIds: [] });
    expect(own.get('cred_shared')).to.deep.equal({
      environmentIds: ['env_org_b_cred_shared'],
      accessRequestIds: ['acr_org_b_cred_shared'],
      clientIds: ['cli_org_b_cred_shared'],
    });
  });

  it('keep credentials from being deleted, each of them alone', async () => {
    await createCredential('cred_kept');
    await useBy('org_c', 'cred_kept');
    const remove = () => test.store.inTransaction((tx) => tx.credentials.deleteUnused('cred_kept'));

    expect(await remove()).to.equal(false);
    await test.store.inTransaction((tx) => tx.grants.remove('cli_org_c_cred_kept', 'ec2-111'));
    expect(await remove()).to.equal(false);
    await test.store.read.environments.unlink('env_org_c_cred_kept', 'cred_kept');
    expect(await remove()).to.equal(false);
    await test.store.read.accessRequests.transition('acr_org_c_cred_kept', {
      from: 'approved',
      to: 'archived',
      set: {},
    });
    expect(await remove()).to.equal(true);
    expect(await test.store.read.credentials.find('cred_kept')).to.equal(undefined);
  });

  it('are seen by a deletion that waited for the one who begins to use them', async () => {
    await createCredential('cred_raced');
    let deleting: Promise<boolean> | undefined;

    await test.store.inTransaction(async (tx) => {
      await tx.credentials.lock('cred_raced');
      deleting ??= test.store.inTransaction((other) => other.credentials.deleteUnused('cred_raced'));
      await tx.environments.link('env_raced', 'cred_raced', createdAt);
    });

    expect(await deleting).to.equal(false);
    expect(await test.store.read.credentials.find('cred_raced')).not.to.equal(undefined);
  });
});

import { expect } from 'chai';
import { accessKeyContext } from '../../src/access/access-key-repository.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the access key repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    const rule = JSON.stringify([{ type: 'csg.regions', allow: ['eu-west-1'] }]);
    await test.execute(`insert into policy_groups (id, organization_id, name, description, rules, version, created_at, updated_at)
      values ('pol_a', 'org_a', 'a', '', '${rule}', 7, now(), now())`);
    await test.execute(`insert into cloud_credentials (id, scope, cloud, account_id, kind, sealed, version, status, checked_at, created_at)
      values ('cred_a', 'global', 'ec2', 'ec2-1', 'access-key', 'v1.sealed', 3, 'valid', now(), now())`);
    await addRequest('req_a', 'CGWA', { policyGroupId: 'pol_a', credentialId: 'cred_a' });
    await addRequest('req_b', 'CGWB', { policyGroupId: 'pol_gone' });
    await addRequest('req_c', null, {});
  });
  after(() => test.close());

  async function addRequest(
    id: string,
    accessKeyId: string | null,
    {
      policyGroupId = null,
      credentialId = null,
    }: { policyGroupId?: string | null; credentialId?: string | null },
  ) {
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
    await test.execute(`insert into access_requests (id, organization_id, environment_id, cloud, services, state,
        requested_by, requested_at, credential_id, policy_group_id, allowed_credential_actions, access_key_id, secret_sealed)
      values ('${id}', 'org_a', 'env_a', 'ec2', '["sqs","sns"]', 'active', 'cli_a', now(), ${text(credentialId)},
        ${text(policyGroupId)}, '["sts:AssumeRole"]', ${text(accessKeyId)}, 'v1.${id}')`);
  }

  it('finds all that the proxy needs of a key', async () => {
    expect(await test.store.read.accessKeys.find('CGWA')).to.deep.equal({
      accessKeyId: 'CGWA',
      accessRequestId: 'req_a',
      organizationId: 'org_a',
      environmentId: 'env_a',
      requestedBy: 'cli_a',
      cloud: 'ec2',
      services: ['sqs', 'sns'],
      state: 'active',
      secretSealed: 'v1.req_a',
      credentialId: 'cred_a',
      allowedCredentialActions: ['sts:AssumeRole'],
      policyGroupId: 'pol_a',
      rules: [{ type: 'csg.regions', allow: ['eu-west-1'] }],
      requestVersion: 1,
      policyGroupVersion: 7,
      credentialVersion: 3,
    });
    expect(await test.store.read.accessKeys.find('CGWX')).to.equal(undefined);
    expect(await test.store.read.accessKeys.find('cgwa')).to.equal(undefined);
  });

  it('shows that the policy group of a key is gone', async () => {
    const key = await test.store.read.accessKeys.find('CGWB');

    expect(key).to.include({ policyGroupId: 'pol_gone', rules: null, policyGroupVersion: null });
  });

  it('finds many in one query', async () => {
    const found = await test.store.read.accessKeys.findMany(['CGWA', 'CGWX', 'CGWB']);

    expect(found.map(({ accessRequestId }) => accessRequestId)).to.have.members(['req_a', 'req_b']);
    expect(await test.store.read.accessKeys.findMany([])).to.deep.equal([]);
  });

  it('gives the versions of many keys', async () => {
    const others = Array.from({ length: 1500 }, (_, n) => `CGWOTHER${n}`);

    expect(await test.store.read.accessKeys.versions([...others, 'CGWA', 'CGWB'])).to.have.deep.members([
      {
        accessKeyId: 'CGWA',
        state: 'active',
        requestVersion: 1,
        policyGroupVersion: 7,
        credentialVersion: 3,
      },
      {
        accessKeyId: 'CGWB',
        state: 'active',
        requestVersion: 1,
        policyGroupVersion: null,
        credentialVersion: null,
      },
    ]);
  });

  it('binds the sealed secret to its request', () => {
    expect(accessKeyContext('req_a')).to.equal('access-key:req_a');
  });
});

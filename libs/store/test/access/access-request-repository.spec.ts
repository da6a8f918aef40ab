import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the access request repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const requestedAt = new Date('2026-01-02T03:04:05.678Z');
  const sample = (id: string, more: object = {}) => ({
    id,
    organizationId: 'org_a',
    environmentId: 'env_a',
    cloud: 'ec2',
    services: ['dynamodb', 'sqs'],
    reason: 'because 😀',
    requestedBy: 'cli_a',
    requestedAt,
    ...more,
  });
  const create = (id: string, more?: object) => test.store.read.accessRequests.create(sample(id, more));
  const decision = {
    decidedBy: 'cli_admin',
    decidedAt: new Date('2026-01-03T00:00:00.000Z'),
    decisionReason: null,
    credentialId: 'cred_a',
    accountId: 'ec2-111',
    policyGroupId: 'pol_a',
    allowedCredentialActions: ['sts:AssumeRole'],
  };
  const approve = (id: string, more: object = {}) =>
    test.store.read.accessRequests.transition(id, {
      from: 'pending',
      to: 'approved',
      set: { ...decision, ...more },
    });

  it('gives back what was created, pending', async () => {
    await create('acr_back');

    expect(await test.store.read.accessRequests.find('acr_back')).to.deep.equal({
      ...sample('acr_back'),
      state: 'pending',
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      credentialId: null,
      accountId: null,
      policyGroupId: null,
      allowedCredentialActions: [],
      accessKeyId: null,
      activatedAt: null,
      endedBy: null,
      endedAt: null,
      endReason: null,
      version: 1,
    });
  });

  it('changes the state from the one that is expected only, and counts the versions', async () => {
    await create('acr_step');

    expect(await approve('acr_step')).to.equal(true);
    expect(await approve('acr_step')).to.equal(false);

    const approved = await test.store.read.accessRequests.find('acr_step');
    expect(approved).to.deep.include({ ...decision, state: 'approved', version: 2 });
  });

  it('lets one of two deciders win', async () => {
    await create('acr_race');

    const won = await Promise.all(
      [1, 2, 3, 4].map((number) => approve('acr_race', { decidedBy: `cli_${number}` })),
    );

    expect(won.filter(Boolean)).to.have.length(1);
    const winner = won.indexOf(true) + 1;
    expect((await test.store.read.accessRequests.find('acr_race'))?.decidedBy).to.equal(`cli_${winner}`);
  });

  it('keeps the sealed secret out of what is read, and replaces it while the request is active', async () => {
    await create('acr_key');
    await approve('acr_key');
    const { accessRequests } = test.store.read;
    await accessRequests.transition('acr_key', {
      from: 'approved',
      to: 'active',
      set: { accessKeyId: 'CGWKEY', secretSealed: 'v1.first', activatedAt: requestedAt },
    });

    expect(await accessRequests.replaceSecret('acr_key', 'v1.second')).to.equal(true);

    const active = await accessRequests.find('acr_key');
    expect(active).to.deep.include({ accessKeyId: 'CGWKEY', version: 4 });
    expect(JSON.stringify(active)).not.to.contain('v1.');
    expect((await test.store.read.accessKeys.find('CGWKEY'))?.secretSealed).to.equal('v1.second');
    await accessRequests.transition('acr_key', { from: 'active', to: 'revoked', set: {} });
    expect(await accessRequests.replaceSecret('acr_key', 'v1.third')).to.equal(false);
  });

  it('lists newest first, by every filter', async () => {
    const organizationId = 'org_list';
    await create('acr_1', { organizationId, environmentId: 'env_x', services: ['s3'] });
    await create('acr_2', { organizationId, requestedBy: 'cli_b' });
    await create('acr_3', { organizationId, services: ['sqs'] });
    await approve('acr_3');
    const list = async (more: object) =>
      (await test.store.read.accessRequests.list({ organizationId, limit: 10, ...more })).map(({ id }) => id);

    expect(await list({})).to.deep.equal(['acr_3', 'acr_2', 'acr_1']);
    expect(await list({ beforeId: 'acr_3', limit: 1 })).to.deep.equal(['acr_2']);
    expect(await list({ environmentId: 'env_x' })).to.deep.equal(['acr_1']);
    expect(await list({ requestedBy: 'cli_b' })).to.deep.equal(['acr_2']);
    expect(await list({ state: 'approved' })).to.deep.equal(['acr_3']);
    expect(await list({ service: 'sqs' })).to.deep.equal(['acr_3', 'acr_2']);
    expect(await list({ service: 'sq"s' })).to.deep.equal([]);
  });

  it('tells which approved and active requests hold on to something', async () => {
    const use = { credentialId: 'cred_use', policyGroupId: 'pol_use' };
    for (const id of ['acr_use_1', 'acr_use_2', 'acr_use_3']) await create(id, { environmentId: 'env_use' });
    await approve('acr_use_1', use);
    await approve('acr_use_2', use);
    await test.store.read.accessRequests.transition('acr_use_2', {
      from: 'approved',
      to: 'revoked',
      set: {},
    });
    const { accessRequests } = test.store.read;
    const users = [{ id: 'acr_use_1', state: 'approved' }];

    expect(await accessRequests.listUsers({ credentialId: 'cred_use' })).to.deep.equal(users);
    expect(
      await accessRequests.listUsers({ credentialId: 'cred_use', environmentId: 'env_other' }),
    ).to.deep.equal([]);
    expect(await accessRequests.listUsers({ policyGroupId: 'pol_use' })).to.deep.equal(users);
    expect(await accessRequests.listGoverned(['pol_use', 'pol_none'])).to.deep.equal([
      { id: 'acr_use_1', policyGroupId: 'pol_use' },
    ]);
  });
});

import { cloudCredentialsCreateRoute, environmentListRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { cloudCredentialsCreate } from '../../src/handlers/cloud-credentials-create.ts';
import { accessSteps } from '../access-steps.ts';
import { cloudUsers, credentialsOf, roleOfCarl, startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const body = (more: object = {}) => ({
    cloud: 'ec2',
    name: 'shared',
    credentials: credentialsOf(cloudUsers.anna),
    ...more,
  });

  it('stores what the cloud has accepted, sealed, and links it', async () => {
    const environmentId = await steps.createEnvironment();

    const stored = await world.ask(cloudCredentialsCreateRoute, {
      token: world.adminToken,
      body: body({ environmentIds: [environmentId, environmentId] }),
    });

    expect(stored).to.deep.include({
      scope: 'organization',
      cloud: 'ec2',
      name: 'shared',
      kind: 'access-key',
      accountId: 'ec2-111111111111',
      identity: 'arn:aws:iam::111111111111:user/anna',
      publicPart: cloudUsers.anna.accessKeyId,
      status: 'valid',
      usedBy: { environmentIds: [environmentId], accessRequestIds: [], clientIds: [] },
    });
    const { items } = await world.ask(environmentListRoute, { token: world.adminToken });
    expect(items.find(({ id }) => id === environmentId)?.credentialIds).to.deep.equal([stored.id]);
    const row = await world.store.read.credentials.find(stored.id);
    const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(world.masterKey)) });
    const opened = await vault.open(row?.sealed ?? '', `cloud-credentials:${stored.id}`);
    expect(JSON.parse(opened.toString())).to.deep.equal(credentialsOf(cloudUsers.anna));
    const entry = await steps.lastEntryAbout(stored.id);
    expect(entry).to.deep.include({ action: 'cloud-credentials.created' });
    expect(JSON.stringify(entry)).not.to.contain(cloudUsers.anna.secretAccessKey);
  });

  it('stores a role with the keys that may assume it', async () => {
    const { kind: _, ...source } = credentialsOf(cloudUsers.anna);
    const role = { kind: 'role', roleArn: roleOfCarl.arn, externalId: roleOfCarl.externalId, source };

    const stored = await world.ask(cloudCredentialsCreateRoute, {
      token: world.adminToken,
      body: body({ credentials: role }),
    });
    const problem = await world.refusal(cloudCredentialsCreateRoute, {
      token: world.adminToken,
      body: body({ credentials: { ...role, externalId: 'another' } }),
    });

    expect(stored).to.deep.include({
      kind: 'role',
      accountId: 'ec2-222222222222',
      publicPart: roleOfCarl.arn,
    });
    expect(problem.code).to.equal('credentials-rejected');
  });

  it('stores nothing that the cloud does not accept', async () => {
    const secretAccessKey = 'not-the-secret-of-anna-at-all-2';
    rememberSecret(secretAccessKey);
    const before = await world.store.read.credentials.listUsable({
      organizationId: world.administrator.organizationId,
      limit: 1000,
    });

    const problem = await world.refusal(cloudCredentialsCreateRoute, {
      token: world.adminToken,
      body: body({ credentials: { ...credentialsOf(cloudUsers.anna), secretAccessKey } }),
    });

    expect(problem.code).to.equal('credentials-rejected');
    expect(
      await world.store.read.credentials.listUsable({
        organizationId: world.administrator.organizationId,
        limit: 1000,
      }),
    ).to.deep.equal(before);
  });

  it('makes global ones only for who manages organizations', async () => {
    const manager = await world.createClient({ permissions: ['cloud-credentials:manage'] });

    const problem = await world.refusal(cloudCredentialsCreateRoute, {
      token: manager.token,
      body: body({ scope: 'global' }),
    });
    const stored = await world.ask(cloudCredentialsCreateRoute, {
      token: world.adminToken,
      body: body({ scope: 'global' }),
    });

    expect(problem.code).to.equal('forbidden');
    expect(problem.detail).to.contain('organizations:manage');
    expect(stored.scope).to.equal('global');
  });

  it('knows no environment of another organization', async () => {
    const { token } = await steps.stranger();
    const environmentId = await steps.createEnvironment();

    const problem = await world.refusal(cloudCredentialsCreateRoute, {
      token,
      body: body({ environmentIds: [environmentId] }),
    });

    expect(problem.code).to.equal('not-found');
    expect(problem.detail).to.contain(environmentId);
  });

  it('refuses a client without cloud-credentials:manage', async () => {
    const { token } = await world.createClient();

    expect((await world.refusal(cloudCredentialsCreateRoute, { token, body: body() })).code).to.equal(
      'forbidden',
    );
  });

  it('gives the same credentials when an attempt died after they were stored', async () => {
    const headers = { 'idempotency-key': 'died' };
    const asked = { token: world.adminToken, body: body(), headers };
    const stored = await world.ask(cloudCredentialsCreateRoute, asked);
    // What the earlier attempt stored is found before the cloud is asked once more.
    const { handle } = cloudCredentialsCreate({ ...world, vault: {} as never, clouds: {} as never });

    const again = repeatedRequest(world.administrator, {
      body: body({ scope: 'organization', environmentIds: [] }),
      idempotencyKey: 'died',
    });

    expect((await handle(again(2))).body).to.deep.equal(stored);
  });
});

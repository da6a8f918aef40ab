import { administrativeEventSchema, cloudCredentialsReplaceRoute } from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-replace', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const replace = (credential: string, user: keyof typeof cloudUsers, more: object = {}) => ({
    token: world.adminToken,
    params: { credential },
    body: { credentials: credentialsOf(cloudUsers[user]), ...more },
  });

  it('puts newer keys of the same account in place, for everything that uses them', async () => {
    const { credentialId, environmentId } = await steps.requestIn('active');

    const replaced = await world.ask(cloudCredentialsReplaceRoute, replace(credentialId, 'bert'));

    expect(replaced).to.deep.include({
      id: credentialId,
      name: 'test',
      publicPart: cloudUsers.bert.accessKeyId,
      identity: 'arn:aws:iam::111111111111:user/bert',
    });
    expect(replaced.usedBy.environmentIds).to.deep.equal([environmentId]);
    expect((await world.store.read.credentials.find(credentialId))?.version).to.equal(2);
    expect(await steps.lastEntryAbout(credentialId)).to.deep.include({
      action: 'cloud-credentials.replaced',
    });
  });

  it('refuses keys of another account, and keeps the old ones', async () => {
    const credential = await steps.storeCredentials();
    const before = await world.store.read.credentials.find(credential);

    const problem = await world.refusal(cloudCredentialsReplaceRoute, replace(credential, 'carl'));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('ec2-222222222222').and.to.contain('ec2-111111111111');
    expect(await world.store.read.credentials.find(credential)).to.deep.equal(before);
  });

  it('refuses what the cloud does not accept', async () => {
    const credential = await steps.storeCredentials();
    const secretAccessKey = 'not-the-secret-of-anna-at-all-3';
    rememberSecret(secretAccessKey);
    const credentials = { ...credentialsOf(cloudUsers.anna), secretAccessKey };

    const problem = await world.refusal(
      cloudCredentialsReplaceRoute,
      replace(credential, 'anna', { credentials }),
    );

    expect(problem.code).to.equal('credentials-rejected');
  });

  it('makes invalid ones valid again, with an event', async () => {
    const credential = await steps.storeCredentials();
    const invalid = { status: 'invalid', reason: 'expired', checkedAt: new Date() } as const;
    await world.store.read.credentials.setStatus(credential, invalid);

    const replaced = await world.ask(
      cloudCredentialsReplaceRoute,
      replace(credential, 'bert', { name: 'new' }),
    );

    expect(replaced).to.deep.include({ status: 'valid', statusReason: null, name: 'new' });
    const events = (await world.store.read.outbox.listWaiting(10_000)).map(({ payload }) =>
      administrativeEventSchema.parse(JSON.parse(payload)),
    );
    const event = events.find(
      ({ details }) => 'credentialId' in details && details.credentialId === credential,
    );
    expect(event).to.deep.include({ subject: 'credentials.valid', scope: 'ec2-111111111111' });
  });

  it('lets global ones be replaced by who manages organizations only', async () => {
    const credential = await steps.storeCredentials({ scope: 'global' });
    const { token } = await steps.stranger();

    const problem = await world.refusal(cloudCredentialsReplaceRoute, {
      ...replace(credential, 'bert'),
      token,
    });

    expect(problem.code).to.equal('forbidden');
    await world.ask(cloudCredentialsReplaceRoute, replace(credential, 'bert'));
  });

  it("knows nothing of another organization's", async () => {
    const credential = await steps.storeCredentials();
    const { token } = await steps.stranger();

    const problem = await world.refusal(cloudCredentialsReplaceRoute, {
      ...replace(credential, 'bert'),
      token,
    });

    expect(problem.code).to.equal('not-found');
  });
});

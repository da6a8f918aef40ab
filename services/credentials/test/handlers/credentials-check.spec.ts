import { accountListRoute, credentialsCheckRoute } from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('credentials-check', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const check = (token: string, credentials: object) => ({ token, body: { cloud: 'ec2', credentials } });

  it('says whose good credentials are, and keeps nothing', async () => {
    const client = await world.createClient();

    const answer = await world.ask(
      credentialsCheckRoute,
      check(client.token, credentialsOf(cloudUsers.anna)),
    );

    expect(answer).to.deep.include({
      valid: true,
      account: 'ec2-111111111111',
      cloudAccountId: '111111111111',
      identity: 'arn:aws:iam::111111111111:user/anna',
      missingPermissions: [],
    });
    expect((await world.ask(accountListRoute, { token: client.token })).items).to.deep.equal([]);
    expect(await world.store.read.accounts.find('ec2-111111111111')).to.equal(undefined);
  });

  it('names the permissions that are missing', async () => {
    const client = await world.createClient();

    const answer = await world.ask(
      credentialsCheckRoute,
      check(client.token, credentialsOf(cloudUsers.poor)),
    );

    expect(answer.valid).to.equal(true);
    expect(answer.missingPermissions).to.include.members(['ec2:RunInstances', 'ec2:TerminateInstances']);
  });

  it('answers for credentials that the cloud does not accept: they are not valid', async () => {
    const client = await world.createClient();
    const secretAccessKey = 'surely-not-the-secret-of-anna';
    rememberSecret(secretAccessKey);
    const credentials = { ...credentialsOf(cloudUsers.anna), secretAccessKey };

    const answer = await world.ask(credentialsCheckRoute, check(client.token, credentials));

    expect(answer).to.deep.include({ valid: false, account: null, identity: null });
    expect(answer.message).to.be.a('string');
  });

  it('refuses a client without accounts:prove', async () => {
    const client = await world.createClient({ permissions: ['resources:read'] });

    const problem = await world.refusal(
      credentialsCheckRoute,
      check(client.token, credentialsOf(cloudUsers.anna)),
    );

    expect(problem.code).to.equal('forbidden');
  });
});

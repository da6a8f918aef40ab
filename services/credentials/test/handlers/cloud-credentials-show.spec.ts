import { accountProveRoute, cloudCredentialsShowRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-show', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);

  it('shows what uses them, and never a secret', async () => {
    const { id, environmentId, credentialId } = await steps.requestIn('approved');

    const shown = await world.ask(cloudCredentialsShowRoute, {
      token: world.adminToken,
      params: { credential: credentialId },
    });

    expect(shown.usedBy).to.deep.equal({
      environmentIds: [environmentId],
      accessRequestIds: [id],
      clientIds: [],
    });
    expect(JSON.stringify(shown)).not.to.contain(cloudUsers.anna.secretAccessKey);
  });

  it('shows those of proven accounts too', async () => {
    const client = await world.createClient();
    const body = { cloud: 'ec2', credentials: credentialsOf(cloudUsers.carl) };
    const { id: accountId } = await world.ask(accountProveRoute, { token: client.token, body });
    const grant = await world.store.read.grants.find(client.id, accountId);

    const shown = await world.ask(cloudCredentialsShowRoute, {
      token: world.adminToken,
      params: { credential: grant?.credentialId ?? '' },
    });

    expect(shown.usedBy.clientIds).to.deep.equal([client.id]);
  });

  it("knows nothing of another organization's", async () => {
    const credential = await steps.storeCredentials();
    const { token } = await steps.stranger();

    const problem = await world.refusal(cloudCredentialsShowRoute, { token, params: { credential } });

    expect(problem.code).to.equal('not-found');
  });
});

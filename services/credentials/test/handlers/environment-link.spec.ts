import {
  cloudCredentialsDeleteRoute,
  cloudCredentialsShowRoute,
  environmentCreateRoute,
  environmentLinkRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('environment-link', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const link = (environment: string, credential: string, token = world.adminToken) => ({
    token,
    params: { environment, credential },
  });

  it('links once, however often it is asked, and notes who did', async () => {
    const environment = await steps.createEnvironment();
    const credential = await steps.storeCredentials();

    await world.ask(environmentLinkRoute, link(environment, credential));
    const linked = await world.ask(environmentLinkRoute, link(environment, credential));

    expect(linked.credentialIds).to.deep.equal([credential]);
    const entries = await world.store.read.audit.list({ action: 'environment.linked', limit: 10 });
    expect(entries.map(({ subjectId, details }) => [subjectId, details])).to.deep.equal([
      [environment, { credentialId: credential }],
    ]);
  });

  it('links global credentials to the environments of any organization', async () => {
    const credential = await steps.storeCredentials({ scope: 'global' });
    const { token } = await steps.stranger();
    const { id: environment } = await world.ask(environmentCreateRoute, { token, body: { name: 'theirs' } });

    const linked = await world.ask(environmentLinkRoute, link(environment, credential, token));

    expect(linked.credentialIds).to.deep.equal([credential]);
  });

  it('knows neither environments nor credentials of another organization', async () => {
    const { token } = await steps.stranger();
    const { id: theirs } = await world.ask(environmentCreateRoute, { token, body: { name: 'x' } });
    const theirCredential = await steps.storeCredentials({ token });
    const environment = await steps.createEnvironment();
    const credential = await steps.storeCredentials();

    for (const asked of [
      link(theirs, credential),
      link(environment, theirCredential),
      link('env_none', credential),
      link(environment, 'cred_none'),
    ]) {
      expect((await world.refusal(environmentLinkRoute, asked)).code).to.equal('not-found');
    }
  });

  it('refuses a client without environments:manage', async () => {
    const { token } = await world.createClient();
    const environment = await steps.createEnvironment();

    expect((await world.refusal(environmentLinkRoute, link(environment, 'cred_x', token))).code).to.equal(
      'forbidden',
    );
  });

  it('leaves no link to credentials that were deleted at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const environment = await steps.createEnvironment();
      const credential = await steps.storeCredentials();
      const params = { credential };

      const [linked, deleted] = await Promise.allSettled([
        world.ask(environmentLinkRoute, link(environment, credential)),
        world.ask(cloudCredentialsDeleteRoute, { token: world.adminToken, params }),
      ]);

      expect([linked.status, deleted.status]).to.have.members(['fulfilled', 'rejected']);
      if (linked.status === 'fulfilled') {
        await world.ask(cloudCredentialsShowRoute, { token: world.adminToken, params });
      }
    }
  });
});

import {
  accessRequestApproveRoute,
  accessRequestRevokeRoute,
  environmentUnlinkRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('environment-unlink', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const unlink = (environment: string, credential: string, token = world.adminToken) => ({
    token,
    params: { environment, credential },
  });

  it('unlinks once, however often it is asked', async () => {
    const environment = await steps.createEnvironment();
    const credential = await steps.storeCredentials({ environmentIds: [environment] });

    await world.ask(environmentUnlinkRoute, unlink(environment, credential));
    const unlinked = await world.ask(environmentUnlinkRoute, unlink(environment, credential));

    expect(unlinked.credentialIds).to.deep.equal([]);
    const entries = await world.store.read.audit.list({ action: 'environment.unlinked', limit: 10 });
    expect(entries.filter(({ subjectId }) => subjectId === environment)).to.have.length(1);
  });

  it('refuses while a request of this environment uses them, and names it', async () => {
    const requested = await steps.requestIn('active');
    const { id, environmentId, credentialId } = requested;

    const problem = await world.refusal(environmentUnlinkRoute, unlink(environmentId, credentialId));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain(id);
    await world.ask(accessRequestRevokeRoute, { token: world.adminToken, params: { request: id } });
    await world.ask(environmentUnlinkRoute, unlink(environmentId, credentialId));
  });

  it('never lets a request be approved with credentials that are unlinked at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const requested = await steps.request();

      const [approved, unlinked] = await Promise.allSettled([
        world.ask(accessRequestApproveRoute, steps.approve(requested)),
        world.ask(environmentUnlinkRoute, unlink(requested.environmentId, requested.credentialId)),
      ]);

      expect([approved.status, unlinked.status]).to.have.members(['fulfilled', 'rejected']);
    }
  });

  it('knows nothing of another organization', async () => {
    const { token } = await steps.stranger();
    const environment = await steps.createEnvironment();
    const credential = await steps.storeCredentials({ environmentIds: [environment] });

    const problem = await world.refusal(environmentUnlinkRoute, unlink(environment, credential, token));

    expect(problem.code).to.equal('not-found');
  });
});

import {
  accessRequestApproveRoute,
  accessRequestArchiveRoute,
  accountProveRoute,
  cloudCredentialsDeleteRoute,
  environmentUnlinkRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { cloudCredentialsDelete } from '../../src/handlers/cloud-credentials-delete.ts';
import { accessSteps } from '../access-steps.ts';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-delete', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const remove = (credential: string, token = world.adminToken) => ({ token, params: { credential } });

  it('deletes what nothing uses, and notes what it was', async () => {
    const credential = await steps.storeCredentials();

    expect(await world.ask(cloudCredentialsDeleteRoute, remove(credential))).to.deep.equal({
      id: credential,
    });

    expect(await world.store.read.credentials.find(credential)).to.equal(undefined);
    const entry = await steps.lastEntryAbout(credential);
    expect(entry).to.deep.include({ action: 'cloud-credentials.deleted' });
    expect(entry?.details).to.deep.include({ publicPart: cloudUsers.anna.accessKeyId });
    expect((await world.refusal(cloudCredentialsDeleteRoute, remove(credential))).code).to.equal('not-found');
  });

  it('refuses while anything uses them, and names it', async () => {
    const { id, environmentId, credentialId } = await steps.requestIn('active');
    const token = world.adminToken;

    const byBoth = await world.refusal(cloudCredentialsDeleteRoute, remove(credentialId));
    await world.ask(accessRequestArchiveRoute, { token, params: { request: id } });
    const byEnvironment = await world.refusal(cloudCredentialsDeleteRoute, remove(credentialId));
    await world.ask(environmentUnlinkRoute, {
      token,
      params: { environment: environmentId, credential: credentialId },
    });

    expect(byBoth.code).to.equal('conflict');
    expect(byBoth.detail).to.contain(id).and.to.contain(environmentId);
    expect(byEnvironment.detail).to.contain(environmentId).and.not.to.contain(id);
    await world.ask(cloudCredentialsDeleteRoute, remove(credentialId));
  });

  it('refuses while a proven account uses them', async () => {
    const client = await world.createClient();
    const body = { cloud: 'ec2', credentials: credentialsOf(cloudUsers.carl) };
    const { id: accountId } = await world.ask(accountProveRoute, { token: client.token, body });
    const grant = await world.store.read.grants.find(client.id, accountId);

    const problem = await world.refusal(cloudCredentialsDeleteRoute, remove(grant?.credentialId ?? ''));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain(client.id);
  });

  it('never deletes what a request is approved with at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const requested = await steps.request();
      const { environmentId, credentialId } = requested;
      const params = { environment: environmentId, credential: credentialId };

      const [approved] = await Promise.allSettled([
        world.ask(accessRequestApproveRoute, steps.approve(requested)),
        world
          .ask(environmentUnlinkRoute, { token: world.adminToken, params })
          .then(() => world.ask(cloudCredentialsDeleteRoute, remove(credentialId))),
      ]);

      const row = await world.store.read.credentials.find(credentialId);
      expect(row !== undefined).to.equal(approved.status === 'fulfilled');
    }
  });

  it("knows nothing of another organization's, and lets nobody delete global ones who does not manage organizations", async () => {
    const credential = await steps.storeCredentials();
    const shared = await steps.storeCredentials({ scope: 'global' });
    const { token } = await steps.stranger();

    expect((await world.refusal(cloudCredentialsDeleteRoute, remove(credential, token))).code).to.equal(
      'not-found',
    );
    expect((await world.refusal(cloudCredentialsDeleteRoute, remove(shared, token))).code).to.equal(
      'forbidden',
    );
    await world.ask(cloudCredentialsDeleteRoute, remove(shared));
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    const credential = await steps.storeCredentials();
    const { handle } = cloudCredentialsDelete(world);
    const request = repeatedRequest(world.administrator, { params: { credential } });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});

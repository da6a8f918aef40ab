import {
  environmentCreateRoute,
  environmentListRoute,
  environmentUpdateRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('environment-update', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const update = (environment: string, connectionPolicy: string | null, token = world.adminToken) => ({
    token,
    params: { environment },
    body: { connectionPolicy },
  });

  it('sets the connection policy, takes it back, and notes each change once', async () => {
    const id = await steps.createEnvironment();

    const set = await world.ask(environmentUpdateRoute, update(id, 'local'));
    const entry = await steps.lastEntryAbout(id);
    const again = await world.ask(environmentUpdateRoute, update(id, 'local'));
    const entryAfterwards = await steps.lastEntryAbout(id);
    const takenBack = await world.ask(environmentUpdateRoute, update(id, null));

    expect(set.connectionPolicy).to.equal('local');
    expect(entry).to.deep.include({ action: 'environment.updated', details: { from: null, to: 'local' } });
    expect(again).to.deep.equal(set);
    expect(entryAfterwards?.id).to.equal(entry?.id);
    expect(takenBack.connectionPolicy).to.equal(null);
  });

  it('shows the policy that an environment was created with', async () => {
    const body = { name: 'local only', connectionPolicy: 'local' };
    const { id } = await world.ask(environmentCreateRoute, { token: world.adminToken, body });

    const { items } = await world.ask(environmentListRoute, { token: world.adminToken });

    expect(items.find((item) => item.id === id)?.connectionPolicy).to.equal('local');
  });

  it('refuses what is no policy, another organization, and a client without environments:manage', async () => {
    const id = await steps.createEnvironment();
    const stranger = await steps.stranger();
    const client = await world.createClient();

    const noPolicy = await world.refusal(environmentUpdateRoute, update(id, 'fastest'));
    const foreign = await world.refusal(environmentUpdateRoute, update(id, 'local', stranger.token));
    const forbidden = await world.refusal(environmentUpdateRoute, update(id, 'local', client.token));

    expect(noPolicy.code).to.equal('validation-failed');
    expect(foreign.code).to.equal('not-found');
    expect(forbidden.code).to.equal('forbidden');
  });
});

import { environmentCreateRoute, environmentListRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { environmentCreate } from '../../src/handlers/environment-create.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('environment-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const create = (name: string, token = world.adminToken) => ({ token, body: { name } });

  it('creates an environment of the own organization and notes who did', async () => {
    const created = await world.ask(environmentCreateRoute, create('  Production 😀 '));

    const { organizationId, clientId } = world.administrator;
    expect(created).to.deep.include({ organizationId, name: 'Production 😀', credentialIds: [] });
    expect(await steps.lastEntryAbout(created.id)).to.deep.include({
      action: 'environment.created',
      actorId: clientId,
      organizationId,
    });
  });

  it('refuses a name that is taken, whatever its case, but not in another organization', async () => {
    await world.ask(environmentCreateRoute, create('Test'));
    const { token } = await steps.stranger();

    const problem = await world.refusal(environmentCreateRoute, create('tEST'));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('tEST');
    await world.ask(environmentCreateRoute, create('Test', token));
  });

  it('refuses a client without environments:manage', async () => {
    const { token } = await world.createClient();

    const problem = await world.refusal(environmentCreateRoute, create('mine', token));

    expect(problem.code).to.equal('forbidden');
    expect(problem.detail).to.contain('environments:manage');
  });

  it('gives the same environment when an attempt died after it was made', async () => {
    const { handle } = environmentCreate(world);
    const request = repeatedRequest(world.administrator, { body: { name: 'Twice', connectionPolicy: null } });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
    const { items } = await world.ask(environmentListRoute, { token: world.adminToken });
    expect(items.filter(({ name }) => name === 'Twice')).to.have.length(1);
  });
});

import { organizationCreateRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { organizationCreate } from '../../src/handlers/organization-create.ts';
import { startWorld, type World } from '../start-world.ts';

describe('organization-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const create = (name: string) => ({ token: world.adminToken, body: { name } });

  it('creates an organization and notes who did', async () => {
    const created = await world.ask(organizationCreateRoute, create('  Research 😀 '));

    expect(created.name).to.equal('Research 😀');
    const stored = await world.store.read.organizations.find(created.id);
    expect(stored?.createdAt.toISOString()).to.equal(created.createdAt);
    const [entry] = await world.store.read.audit.list({ action: 'organization.created', limit: 1 });
    expect(entry).to.deep.include({ actorId: world.administrator.clientId, subjectId: created.id });
  });

  it('refuses a name that is taken, whatever its case', async () => {
    await world.ask(organizationCreateRoute, create('Sales'));

    const problem = await world.refusal(organizationCreateRoute, create('sALES'));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('Sales');
  });

  it('refuses a client without organizations:manage', async () => {
    const { token } = await world.createClient({ permissions: ['clients:manage'] });

    const problem = await world.refusal(organizationCreateRoute, { token, body: { name: 'mine' } });

    expect(problem.code).to.equal('forbidden');
  });

  it('gives the same organization when an attempt died after it was made', async () => {
    const { handle } = organizationCreate(world);
    const request = repeatedRequest(world.administrator, { body: { name: 'Twice' } });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});

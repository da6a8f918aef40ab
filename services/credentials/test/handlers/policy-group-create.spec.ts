import { createClouds } from '@cloud-gateway/clouds';
import { policyGroupCreateRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { policyGroupCreate } from '../../src/handlers/policy-group-create.ts';
import { servicesOf } from '../../src/services-of.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('policy-group-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const prefix = { type: 'csg.resource.name.prefix', action: 'CreateRestApi', prefix: 'tmp_' };
  const create = (name: string, rules: object[] = [], token = world.adminToken) => ({
    token,
    body: { name, rules },
  });

  it('creates a group whose rules name services by their ids', async () => {
    const rules = [
      { ...prefix, service: 'API Gateway' },
      { type: 'csg.regions', allow: ['us-east-1'] },
    ];

    const created = await world.ask(policyGroupCreateRoute, create('naming', rules));

    expect(created).to.deep.include({
      organizationId: world.administrator.organizationId,
      name: 'naming',
      description: '',
      rules: [{ ...prefix, service: 'apigateway' }, rules[1]],
      usedByRequestIds: [],
      createdAt: created.updatedAt,
    });
    expect((await world.store.read.policyGroups.find(created.id))?.rules).to.deep.equal(created.rules);
    const entry = await steps.lastEntryAbout(created.id);
    expect(entry).to.deep.include({ action: 'policy-group.created' });
    expect(entry?.details).to.deep.equal({ name: 'naming', rules: created.rules });
  });

  it('refuses rules about unknown services, and names each', async () => {
    const rules = [
      { ...prefix, service: 'sqs' },
      { ...prefix, service: 'time-travel' },
    ];

    const problem = await world.refusal(policyGroupCreateRoute, create('unknown', rules));

    expect(problem.code).to.equal('validation-failed');
    expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['body.rules.1.service']);
  });

  it('refuses a name that is taken, but not in another organization', async () => {
    await world.ask(policyGroupCreateRoute, create('taken'));
    const { token } = await steps.stranger();

    expect((await world.refusal(policyGroupCreateRoute, create('TAKEN'))).code).to.equal('conflict');
    await world.ask(policyGroupCreateRoute, create('taken', [], token));
  });

  it('refuses a client without policies:manage', async () => {
    const { token } = await world.createClient({ permissions: ['access-requests:manage'] });

    expect((await world.refusal(policyGroupCreateRoute, create('mine', [], token))).code).to.equal(
      'forbidden',
    );
  });

  it('gives the same group when an attempt died after it was made', async () => {
    const { handle } = policyGroupCreate({ ...world, clouds: createClouds([]), servicesOf });
    const request = repeatedRequest(world.administrator, {
      body: { name: 'twice', description: '', rules: [] },
    });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});

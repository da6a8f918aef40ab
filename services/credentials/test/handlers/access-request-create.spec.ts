import { accessRequestCreateRoute, accessRequestListRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessRequestCreate } from '../../src/handlers/access-request-create.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  let environmentId: string;
  before(async () => {
    world = await startWorld();
    environmentId = await steps.createEnvironment();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const create = (token: string, more: object = {}) => ({
    token,
    body: { environmentId, cloud: 'ec2', services: ['dynamodb'], ...more },
  });

  it('makes a pending request, with an event and an audit entry', async () => {
    const client = await world.createClient();

    const created = await world.ask(accessRequestCreateRoute, create(client.token, { reason: 'a test' }));

    const { organizationId } = world.administrator;
    expect(created).to.deep.include({
      organizationId,
      environmentId,
      cloud: 'ec2',
      services: ['dynamodb'],
      reason: 'a test',
      state: 'pending',
      legalActions: ['approve', 'deny', 'archive'],
      requestedBy: client.id,
      accessKeyId: null,
      credentialId: null,
    });
    const events = await steps.eventsAbout(created.id);
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({
      subject: 'access-request.created',
      scope: organizationId,
      details: {
        accessRequestId: created.id,
        environmentId,
        cloud: 'ec2',
        services: ['dynamodb'],
        requestedBy: client.id,
        by: client.id,
        reason: 'a test',
      },
    });
    expect(await steps.lastEntryAbout(created.id)).to.deep.include({
      action: 'access-request.created',
      actorId: client.id,
    });
  });

  it('takes services by any of their names, each once', async () => {
    const services = ['API Gateway', 'apigateway', 'cognito user pools', 'Route 53', 'SQS'];

    const created = await world.ask(accessRequestCreateRoute, create(world.adminToken, { services }));

    expect(created.services).to.deep.equal(['apigateway', 'cognito-idp', 'route53', 'sqs']);
  });

  it('knows the cloud by its other name', async () => {
    const created = await world.ask(accessRequestCreateRoute, create(world.adminToken, { cloud: 'aws' }));

    expect(created.cloud).to.equal('ec2');
  });

  it('refuses what is unknown or not allowed, and names each', async () => {
    const services = ['dynamodb', 'time-travel', 's3'];

    const problem = await world.refusal(accessRequestCreateRoute, create(world.adminToken, { services }));

    expect(problem.code).to.equal('validation-failed');
    expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['body.services.1', 'body.services.2']);
    expect(problem.errors?.[0]?.message).to.contain('time-travel');
    expect(problem.errors?.[1]?.message).to.contain('administrator');
  });

  it('knows no environment of another organization, and no cloud that is not configured', async () => {
    const { token } = await steps.stranger();

    expect((await world.refusal(accessRequestCreateRoute, create(token))).code).to.equal('not-found');
    const moon = create(world.adminToken, { cloud: 'moon' });
    expect((await world.refusal(accessRequestCreateRoute, moon)).code).to.equal('not-found');
  });

  it('refuses a client without access-requests:create', async () => {
    const { token } = await world.createClient({ permissions: ['access-requests:manage'] });

    expect((await world.refusal(accessRequestCreateRoute, create(token))).code).to.equal('forbidden');
  });

  it('gives the same request when an attempt died after it was made', async () => {
    const client = await world.createClient();
    const headers = { 'idempotency-key': 'died' };
    const created = await world.ask(accessRequestCreateRoute, { ...create(client.token), headers });
    // What the earlier attempt made is found before anything is looked up, so no cloud and no service is asked for.
    const nothing = {
      clouds: {} as never,
      servicesOf: () => {
        throw new Error('not asked');
      },
    };
    const { handle } = accessRequestCreate({ ...world, ...nothing });

    const { body } = create(client.token);
    const caller = { ...world.administrator, clientId: client.id };
    const again = await handle(repeatedRequest(caller, { body, idempotencyKey: 'died' })(2));

    expect(again.body).to.deep.equal(created);
    const { items } = await world.ask(accessRequestListRoute, { token: client.token });
    expect(items).to.have.length(1);
  });
});

import {
  accessRequestCreateRoute,
  cloudServiceAllowRoute,
  cloudServiceDisallowRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('cloud-service-disallow', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const of = (service: string) => ({ token: world.adminToken, params: { cloud: 'ec2', service } });

  it('ends that a service can be requested, however often it is asked', async () => {
    await world.ask(cloudServiceAllowRoute, of('s3'));

    await world.ask(cloudServiceDisallowRoute, of('s3'));
    const again = await world.ask(cloudServiceDisallowRoute, of('s3'));

    expect(again).to.deep.include({ service: 's3', requestable: false, allowedBy: null });
    const environmentId = await steps.createEnvironment();
    const problem = await world.refusal(accessRequestCreateRoute, {
      token: world.adminToken,
      body: { environmentId, cloud: 'ec2', services: ['s3'] },
    });
    expect(problem.code).to.equal('validation-failed');
    const entries = await world.store.read.audit.list({ action: 'cloud-service.disallowed', limit: 10 });
    expect(entries).to.have.length(1);
  });

  it('refuses for what everybody may request', async () => {
    const problem = await world.refusal(cloudServiceDisallowRoute, of('dynamodb'));

    expect(problem.code).to.equal('conflict');
  });
});

import {
  accessRequestCreateRoute,
  cloudServiceAllowRoute,
  cloudServiceListRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('cloud-service-allow', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const allow = (service: string, token = world.adminToken) => ({ token, params: { cloud: 'ec2', service } });

  it('lets a further service be requested in the own organization only', async () => {
    const allowed = await world.ask(cloudServiceAllowRoute, allow('Kinesis'));

    const { clientId } = world.administrator;
    expect(allowed).to.deep.include({ service: 'kinesis', requestable: true, allowedBy: clientId });
    const environmentId = await steps.createEnvironment();
    await world.ask(accessRequestCreateRoute, {
      token: world.adminToken,
      body: { environmentId, cloud: 'ec2', services: ['kinesis'] },
    });
    const { token } = await steps.stranger();
    const { items } = await world.ask(cloudServiceListRoute, { token });
    expect(items.map(({ service }) => service)).not.to.contain('kinesis');
  });

  it('does it once: whoever did it first stays noted', async () => {
    const other = await world.createClient({ permissions: ['access-requests:manage'] });
    await world.ask(cloudServiceAllowRoute, allow('s3'));

    const again = await world.ask(cloudServiceAllowRoute, allow('s3', other.token));

    expect(again.allowedBy).to.equal(world.administrator.clientId);
    const entries = await world.store.read.audit.list({ action: 'cloud-service.allowed', limit: 10 });
    expect(entries.filter(({ subjectId }) => subjectId === 's3')).to.have.length(1);
  });

  it('leaves what everybody may request as it is', async () => {
    const answer = await world.ask(cloudServiceAllowRoute, allow('dynamodb'));

    expect(answer).to.deep.include({ requestable: true, allowedBy: null });
    expect(await steps.lastEntryAbout('dynamodb')).to.equal(undefined);
  });

  it('knows no service that the cloud does not have', async () => {
    const problem = await world.refusal(cloudServiceAllowRoute, allow('time-travel'));

    expect(problem.code).to.equal('not-found');
    expect(problem.detail).to.contain('time-travel');
  });

  it('refuses a client without access-requests:manage', async () => {
    const { token } = await world.createClient();

    expect((await world.refusal(cloudServiceAllowRoute, allow('s3', token))).code).to.equal('forbidden');
  });
});

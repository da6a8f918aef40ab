import { cloudServiceAllowRoute, cloudServiceListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('cloud-service-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const list = async (query = '') => {
    const { token } = await world.createClient({ permissions: [] });
    return (await world.ask(cloudServiceListRoute, { token, query })).items;
  };

  it('lists the fifteen that everybody may request, under the names of their tiles', async () => {
    const items = await list();

    expect(items.map(({ name }) => name)).to.have.members([
      'Lambda',
      'ECS',
      'Route53',
      'Glacier',
      'API Gateway',
      'SQS',
      'SNS',
      'SES',
      'Redshift',
      'DynamoDB',
      'Cognito Identity',
      'Cognito User Pools',
      'Device Farm',
      'Mobile',
      'Pinpoint',
    ]);
    expect(items.find(({ service }) => service === 'dynamodb')).to.deep.equal({
      cloud: 'ec2',
      service: 'dynamodb',
      name: 'DynamoDB',
      requestable: true,
      allowedBy: null,
    });
  });

  it('lists all others too when asked, and what is allowed with who allowed it', async () => {
    const params = { cloud: 'ec2', service: 's3' };
    await world.ask(cloudServiceAllowRoute, { token: world.adminToken, params });

    const requestable = await list('cloud=ec2');
    const all = await list('all=true');

    expect(requestable.find(({ service }) => service === 's3')?.allowedBy).to.equal(
      world.administrator.clientId,
    );
    expect(all.find(({ service }) => service === 'kinesis')).to.deep.include({
      requestable: false,
      allowedBy: null,
    });
    expect(all.length).to.be.above(100);
  });

  it('knows no cloud that is not configured', async () => {
    const problem = await world.refusal(cloudServiceListRoute, {
      token: world.adminToken,
      query: 'cloud=moon',
    });

    expect(problem.code).to.equal('not-found');
  });
});

import { cloudListRoute, cloudShowRoute, resourceListRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { startWorld, type World, worldTimeoutMs } from '../start-world.ts';

describe('cloud-show', () => {
  let world: World;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld({
      GATEWAY_CONNECTION_POLICIES: 'aws=local',
      GATEWAY_POLLER_INTERVALS: 'aws.instances=5s/10s/20s',
    });
  });
  after(() => world.close());

  it('tells by every name of a cloud what it has and can do, without any account proven', async () => {
    const { token } = await world.createClient();

    const byId = await world.ask(cloudShowRoute, { token, params: { cloud: 'ec2' } });
    const byName = await world.ask(cloudShowRoute, { token, params: { cloud: 'aws' } });

    expect(byName).to.deep.equal(byId);
    expect((await world.ask(cloudListRoute, { token })).items).to.deep.equal([byId]);
    expect(byId).to.deep.include({
      id: 'ec2',
      names: ['ec2', 'aws'],
      regions: ['us-east-1', 'eu-west-1'],
      connectionPolicy: 'local',
    });
    const instances = byId.resources.find(({ type }) => type === 'instance');
    expect(instances?.calls).to.include.members(['create', 'destroy', 'reboot']);
    expect(instances?.states.find(({ state }) => state === 'stopped')?.allows).to.include('start');
    for (const { states } of byId.resources) {
      expect(states.filter(({ meaning }) => meaning === '')).to.deep.equal([]);
    }
  });

  it('tells how often the listings are polled as the operator has set it, and else as the cloud has it', async () => {
    const { token } = await world.createClient();

    const { resources } = await world.ask(cloudShowRoute, { token, params: { cloud: 'ec2' } });

    const polled = new Map(resources.map((resource) => [resource.type, resource.polled]));
    const set = { group: 'instances', floorSeconds: 5, normalSeconds: 10, ceilingSeconds: 20 };
    const own = { group: 'volumes', floorSeconds: 2, normalSeconds: 30, ceilingSeconds: 600 };
    expect(polled.get('instance')).to.deep.equal(set);
    expect(polled.get('volume')).to.deep.equal(own);
  });

  it('takes any name of the cloud in every path, and answers with its id', async () => {
    const client = await world.createClient();
    await world.prove(client);
    await world.seen([instanceBody('i-1')]);

    const { items } = await world.ask(resourceListRoute('instance'), {
      token: client.token,
      params: { ...world.path, cloud: 'aws' },
    });

    expect(items[0]).to.include({ cloud: 'ec2', connectAddress: '10.0.0.1' });
    expect(items[0]?.href).to.match(/^\/v1\/clouds\/ec2\//);
  });

  it('needs the permission to read resources', async () => {
    const { token } = await world.createClient(['accounts:prove']);

    expect(await world.refusal(cloudListRoute, { token })).to.include({ code: 'forbidden' });
  });
});

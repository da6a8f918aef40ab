import {
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  resourceCreateRoute,
  resourceShowRoute,
  resourceUpdateRoute,
  type UpdatableType,
  updatableTypes,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { launchBody } from '../../src/launches.ts';
import type { Resources } from '../../src/resources.ts';
import { type DoorWorld, datacenter, region } from './door-world.ts';

/** Cloud ids of what was made so far, by type. */
type Made = Readonly<Partial<Record<CreatableType, string>>>;

// In the order in which one needs the other.
const bodies: readonly [CreatableType, (made: Made, world: DoorWorld) => object][] = [
  ['network', () => ({ cidrBlock: '10.20.0.0/16', name: 'net' })],
  ['subnet', ({ network }) => ({ networkId: network, cidrBlock: '10.20.1.0/24', datacenter })],
  ['security-group', ({ network }) => ({ name: 'web', description: 'for the web', networkId: network })],
  [
    'security-group-rule',
    (made) => ({
      securityGroupId: made['security-group'],
      direction: 'ingress',
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrBlock: '0.0.0.0/0',
    }),
  ],
  ['ssh-key', () => ({ name: 'key', keyType: 'ed25519' })],
  ['placement-group', () => ({ name: 'near', strategy: 'cluster' })],
  ['ip-address', () => ({ name: 'front' })],
  [
    'instance',
    (made, { gateway }) => ({
      ...launchBody(gateway),
      datacenter,
      subnetId: made.subnet,
      securityGroupIds: [made['security-group']],
      sshKeyName: 'key',
      name: 'whole',
    }),
  ],
  ['ip-address-binding', (made) => ({ ipAddressId: made['ip-address'], instanceId: made.instance })],
  [
    'volume',
    () => ({
      gigabytes: 8,
      datacenter,
      name: 'data',
      cloudAttributes: { throughput: 250 },
      volumeType: 'gp3',
    }),
  ],
  ['volume-attachment', (made) => ({ volumeId: made.volume, instanceId: made.instance, device: '/dev/sdf' })],
  ['volume-snapshot', ({ volume }) => ({ volumeId: volume, name: 'copy' })],
  ['image', ({ instance }) => ({ instanceId: instance, name: 'golden' })],
];

export function describeWriting(world: () => DoorWorld): void {
  describe('writing', () => {
    it('every type: made, shown, listed, changed, destroyed, and gone', async () => {
      const { mine } = world();
      expect(bodies.map(([type]) => type)).to.have.members(creatableTypes);
      const made: Partial<Record<CreatableType, string>> = {};
      for (const [type, bodyOf] of bodies) made[type] = await makeAndShow(mine, type, bodyOf(made, world()));
      for (const type of updatableTypes) await rename(mine, type, String(made[type]));
      for (const [type] of bodies.toReversed()) await destroyAndMiss(mine, type, String(made[type]));
    });

    async function makeAndShow(mine: Resources, type: CreatableType, body: object): Promise<string> {
      const document = await mine.create(type, { region, ...body });
      expect(document, type).to.include({ type, region, deletedAt: null, account: mine.path.account });
      const shown = await mine.show(type, document.cloudId);
      expect(shown.id, type).to.equal(document.id);
      const { items } = await mine.list(type, `region=${region}&limit=1000`);
      expect(
        items.map(({ id }) => id),
        type,
      ).to.include(document.id);
      return document.cloudId;
    }

    async function rename(mine: Resources, type: UpdatableType, cloudId: string): Promise<void> {
      const updated = await mine.update(type, cloudId, { tags: { stage: 'test' } });
      expect(updated.tags, type).to.include({ stage: 'test' });
      expect((await mine.show(type, cloudId)).tags, type).to.deep.equal(updated.tags);
    }

    async function destroyAndMiss(mine: Resources, type: DestroyableType, cloudId: string): Promise<void> {
      const { id, deletedAt, state } = await mine.destroy(type, cloudId);
      if (deletedAt === null) expect(state, type).to.equal('terminated');
      else {
        const refused = await mine.refusal(resourceShowRoute(type), id);
        expect(refused, type).to.include({ code: 'gone' });
        expect(refused.last, type).to.include({ cloudId });
      }
    }

    it('tries out what would succeed and what would not, and makes nothing', async () => {
      const { mine, gateway } = world();
      const inCloud = () => gateway.simulator.snapshot({ accountId: gateway.user.accountId, region }).volumes;
      const before = inCloud();
      const create = resourceCreateRoute('volume');
      const body = { region, gigabytes: 8, datacenter };
      const asked = { params: mine.path, query: 'dryRun=true' };
      expect(await mine.client.ask(create, { ...asked, body })).to.deep.equal({
        dryRun: true,
        wouldSucceed: true,
      });
      deny('ec2:CreateVolume');
      const refused = await mine.client.refusal(create, { ...asked, body });
      deny();
      expect(refused).to.include({ code: 'cloud-forbidden' });
      expect(inCloud()).to.deep.equal(before);
    });

    function deny(...deniedActions: string[]): void {
      const { simulator, user } = world().gateway;
      const { accountId, userName } = user;
      simulator.setDeniedActions({ accountId, userName, deniedActions });
    }

    it('refuses by its name what the cloud has no attribute for', async () => {
      const { mine } = world();
      const refused = await mine.client.refusal(resourceCreateRoute('volume'), {
        params: mine.path,
        body: { region, gigabytes: 8, datacenter, cloudAttributes: { colour: 'red' } },
      });
      expect(refused).to.include({ code: 'validation-failed' });
      expect(refused.errors?.map(({ path }) => path)).to.deep.equal(['body.cloudAttributes.colour']);
    });

    it('lets one of two, at two doors, change what both have read; tells the wait that it has granted', async () => {
      const { mine, mineOverAmqp } = world();
      const body = { region, gigabytes: 8, datacenter, name: 'ours' };
      const made = await mine.client.send(resourceCreateRoute('volume'), {
        params: mine.path,
        body,
        headers: { prefer: 'wait=20' },
      });
      expect(made.status).to.equal(201);
      expect(made.headers).to.include({ 'preference-applied': 'wait=20' });
      const { cloudId, state } = JSON.parse(made.body) as { cloudId: string; state: string };
      expect(state).to.equal('available');

      const headers = { 'if-match': String(made.headers['etag']) };
      const update = resourceUpdateRoute('volume');
      const answers = await Promise.all(
        [mine, mineOverAmqp].map((caller, index) =>
          caller.send(update, cloudId, { body: { name: `of ${index}` }, headers }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
      await mine.destroy('volume', cloudId);
    });
  });
}

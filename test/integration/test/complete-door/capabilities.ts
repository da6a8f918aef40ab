import {
  allRoutes,
  cloudListRoute,
  cloudShowRoute,
  pollingListRoute,
  resourceListRoute,
} from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { DoorWorld } from './door-world.ts';

export function describeCapabilities(world: () => DoorWorld): void {
  describe('capabilities', () => {
    it('are told under every name of the cloud, and name a route for each call', async () => {
      const { client } = world().mine;
      const shown = await client.ask(cloudShowRoute, { params: { cloud: 'aws' } });
      expect(await client.ask(cloudShowRoute, { params: { cloud: 'ec2' } })).to.deep.equal(shown);
      expect((await client.ask(cloudListRoute)).items).to.deep.equal([shown]);
      expect(shown).to.deep.include({ id: 'ec2', names: ['ec2', 'aws'], connectionPolicy: 'local' });

      const names = new Set(allRoutes.map(({ name }) => name));
      for (const { type, calls } of shown.resources) {
        for (const call of calls) expect(names, `${type} ${call}`).to.include(`${type}-${call}`);
      }
    });

    it('name every listing that is polled, and every state that is seen', async () => {
      const { mine } = world();
      const { resources, regions } = await mine.client.ask(cloudShowRoute, { params: { cloud: 'ec2' } });
      const groups = [...new Set(resources.map(({ polled }) => polled.group))];
      const units = await eventually(async () => {
        const query = `account=${mine.path.account}&limit=1000`;
        const { items } = await mine.client.ask(pollingListRoute, { query });
        expect(items.map(({ group }) => group)).to.include.members(groups);
        for (const { group, state, lastSeen } of items) {
          expect(state, group).to.equal('ok');
          expect(lastSeen, group).to.be.a('number');
        }
        return items;
      });
      expect(units).to.have.length(groups.length * regions.length);
      expect((await mine.client.ask(pollingListRoute, { query: 'state=failing' })).items).to.deep.equal([]);

      for (const { type, states } of resources) {
        const known = states.map(({ state }) => state);
        for (const { state } of await mine.listAll(type)) expect(known, type).to.include(state);
      }
    });

    it('take every name of the cloud in a path, and answer with its id', async () => {
      const { mine } = world();
      const { items } = await mine.client.ask(resourceListRoute('datacenter'), {
        params: { cloud: 'aws', account: mine.path.account },
      });
      expect(items.length).to.be.greaterThan(0);
      for (const { href, cloud } of items) {
        expect(cloud).to.equal('ec2');
        expect(href).to.match(/^\/v1\/clouds\/ec2\//);
      }
    });

    it('are not for accounts of others', async () => {
      const { mine, theirs } = world();
      const refused = await mine.client.refusal(pollingListRoute, {
        query: `account=${theirs.path.account}`,
      });
      expect(refused).to.include({ code: 'account-not-proven' });
      const { items } = await mine.client.ask(pollingListRoute, { query: 'limit=1000' });
      expect(new Set(items.map(({ account }) => account))).to.deep.equal(
        new Set([mine.path.account, 'ec2-public']),
      );
    });
  });
}

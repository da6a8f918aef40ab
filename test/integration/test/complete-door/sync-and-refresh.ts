import { accountRefreshRoute, syncRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { Resources } from '../../src/resources.ts';
import { type DoorWorld, datacenter, region } from './door-world.ts';

export function describeSyncAndRefresh(world: () => DoorWorld): void {
  describe('sync and refresh', () => {
    it('an account is asked for again, and what is new there is in the store with the answer', async () => {
      const { mine, gateway } = world();
      const { simulator, user } = gateway;
      for (const [index, query] of ['', `region=${region}`, 'type=instance'].entries()) {
        const place = { accountId: user.accountId, region };
        const [cloudId = ''] = simulator.createInstanceDirectly(place).instanceIds;
        const { complete, items } = await mine.client.ask(accountRefreshRoute, { params: mine.path, query });
        expect(complete, query).to.equal(true);
        expect(
          items.map(({ state }) => state),
          query,
        ).to.not.include('failing');
        if (index === 2)
          expect(new Set(items.map(({ group }) => group))).to.deep.equal(new Set(['instances']));
        expect(await mine.show('instance', cloudId), query).to.include({ cloudId });
      }
    });

    it('one resource is asked for again', async () => {
      const { mine, gateway } = world();
      const { simulator, user } = gateway;
      const { id, cloudId } = await mine.create('ssh-key', { region, name: 'looked at' });
      const tags = { beside: 'the gateway' };
      simulator.tagDirectly({ accountId: user.accountId, region, resourceIds: [cloudId], tags });
      expect((await mine.refresh('ssh-key', id)).tags).to.include(tags);
      expect((await mine.show('ssh-key', id)).tags).to.include(tags);
      await mine.destroy('ssh-key', id);
    });

    it('everything comes at first, then what changed, each once and in order, with what is gone', async () => {
      const { mine } = world();
      const idsOfVolumes = async () =>
        (await mine.listAll('volume', 'visibility=private')).map(({ id }) => id);
      const before = await idsOfVolumes();
      const all = await sync(mine, 0);
      // The poller finds volumes, and loses them, at any moment.
      const after = new Set(await idsOfVolumes());
      const present = all.items.flatMap(({ resource }) => (resource ? [resource.id] : []));
      expect(new Set(present).size).to.equal(present.length);
      expect(present).to.include.members(before.filter((id) => after.has(id)));

      const made = await mine.create('volume', { region, gigabytes: 8, datacenter, name: 'synced' });
      const changed = await mine.update('volume', made.id, { name: 'synced again' });
      const kept = await mine.create('placement-group', { region, name: 'synced', strategy: 'spread' });
      await mine.destroy('volume', made.id);
      const since = await eventually(async () => {
        const increment = await sync(mine, all.nextSince);
        const ofMade = increment.items.filter((item) => (item.resource ?? item.deleted)?.id === made.id);
        expect(ofMade).to.have.length(1);
        expect(ofMade[0]?.deleted).to.include({ id: made.id, cloudId: made.cloudId });
        return increment;
      });
      expect(changed.name).to.equal('synced again');
      expect(since.items.find(({ resource }) => resource?.id === kept.id)?.resource).to.include({
        name: 'synced',
      });
      const sequences = since.items.map(({ sequence }) => sequence);
      expect(sequences).to.deep.equal([...sequences].sort((a, b) => a - b));
      await mine.destroy('placement-group', kept.id);
    });

    it('is not for accounts of others, but for what their cloud publishes', async () => {
      const { mine, theirs } = world();
      const refused = await mine.client.refusal(syncRoute, { query: `account=${theirs.path.account}` });
      expect(refused).to.include({ code: 'account-not-proven' });
      const { items } = await mine.client.ask(syncRoute, { query: 'account=ec2-public&limit=5' });
      expect(items.length).to.be.greaterThan(0);
    });
  });
}

/** Asks again as long as there is more. */
async function sync({ client, path }: Resources, since: number) {
  const items = [];
  let [nextSince, more] = [since, true];
  while (more) {
    const query = `account=${path.account}&since=${nextSince}&limit=7`;
    const page = await client.ask(syncRoute, { query });
    items.push(...page.items);
    ({ nextSince, more } = page);
  }
  return { items, nextSince };
}

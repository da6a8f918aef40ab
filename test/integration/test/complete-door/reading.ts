import {
  type Instance,
  resourceHistoryRoute,
  resourceListRoute,
  resourceShowRoute,
} from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type DoorWorld, datacenter, region } from './door-world.ts';

const list = resourceListRoute('volume');
const show = resourceShowRoute('volume');

export function describeReading(world: () => DoorWorld): void {
  describe('reading', () => {
    before(async () => {
      const { mine } = world();
      for (const [index, env] of ['prod', 'prod', 'dev', 'dev', 'dev'].entries()) {
        const tags = { env, ...(index === 0 && { team: 'a=b' }) };
        await mine.create('volume', { region, gigabytes: 8, datacenter, name: `v${index}`, tags });
      }
    });

    const namesOf = (found: readonly { readonly name: string | null }[]) => found.map(({ name }) => name);

    it('filters by everything, and sorts', async () => {
      const { mine, gateway } = world();
      const named = async (query: string) => namesOf(await mine.listAll('volume', query));
      expect(await named('tag=env=prod&sort=name')).to.deep.equal(['v0', 'v1']);
      expect(await named('tag=env&sort=-name')).to.deep.equal(['v4', 'v3', 'v2', 'v1', 'v0']);
      expect(await named('tag=env=prod&tag=team=a%3Db')).to.deep.equal(['v0']);
      expect(await named('name=v3')).to.deep.equal(['v3']);
      expect(await named('tag=env&state=in_use')).to.deep.equal([]);
      expect(await named('tag=env&visibility=private&limit=2')).to.have.length(5);
      expect(await named('tag=env&visibility=public')).to.deep.equal([]);
      const groupsOf = (owner: string) => mine.list('security-group', `owner=${owner}`);
      expect((await groupsOf(gateway.user.accountId)).items.length).to.be.greaterThan(0);
      expect((await groupsOf('000000000000')).items).to.deep.equal([]);
      const { updatedAt } = await mine.show(
        'volume',
        (await mine.list('volume', 'name=v4')).items[0]?.id ?? '',
      );
      expect(await named(`tag=env&updatedSince=${updatedAt}`))
        .to.include('v4')
        .and.not.include('v0');
    });

    it('gives pages in which everything that stays comes once, while other things come and go', async () => {
      const { mine } = world();
      const make = (name: string, group = {}) =>
        mine.create('placement-group', { region, name, strategy: 'spread', ...group });
      for (const name of ['p0', 'p1', 'p2', 'p3', 'p4']) await make(name, { tags: { stays: 'yes' } });
      const staying = idsOf(await mine.listAll('placement-group', 'tag=stays'));
      for (const sort of ['cloudId', '-updatedAt', 'name']) {
        const found: string[] = [];
        let cursor = '';
        for (let page = 1; ; page += 1) {
          const { id: passing } = await make(`p${page}b`);
          const { items, nextCursor } = await mine.list('placement-group', `sort=${sort}&limit=2${cursor}`);
          await mine.destroy('placement-group', passing);
          found.push(...idsOf(items));
          if (nextCursor === null) break;
          cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
        }
        const foundOfStaying = found.filter((id) => staying.includes(id));
        expect(foundOfStaying, sort).to.have.members(staying).and.have.length(staying.length);
      }
      const { nextCursor } = await mine.list('volume', 'sort=name&limit=1');
      const refused = await mine.client.refusal(list, {
        params: mine.path,
        query: `sort=state&limit=1&cursor=${encodeURIComponent(String(nextCursor))}`,
      });
      expect(refused).to.include({ code: 'validation-failed' });
    });

    it('gives as much of a document as is wanted', async () => {
      const { mine } = world();
      const [{ id = '' } = {}] = (await mine.list('volume', 'name=v0')).items;
      const ask = async (query: string) =>
        JSON.parse((await mine.send(show, id, { query })).body) as Record<string, unknown>;
      expect(Object.keys(await ask('fields=cloudId,state'))).to.deep.equal(['cloudId', 'state']);
      expect(await ask('view=tiny')).to.have.all.keys(
        ...['id', 'href', 'type', 'cloudId', 'name', 'state', 'region'],
      );
      expect(await ask('view=default'))
        .to.include.keys('tags', 'gigabytes')
        .and.not.include.keys('cloudAttributes');
      expect(await ask('view=full')).to.include.keys('cloudAttributes');
    });

    it('knows what was, and what each revision changed', async () => {
      const { mine } = world();
      const [{ id = '', firstSeenAt = '' } = {}] = (await mine.list('volume', 'name=v1')).items;
      const { updatedAt: then } = await mine.show('volume', id);
      const { updatedAt: renamedAt } = await mine.update('volume', id, {
        name: 'renamed',
        tags: { env: null },
      });
      expect((await mine.show('volume', id, `at=${then}`)).name).to.equal('v1');
      expect((await mine.show('volume', id, `at=${renamedAt}`)).name).to.equal('renamed');
      expect(namesOf((await mine.list('volume', `at=${then}&limit=1000`)).items)).to.include('v1');
      const before = new Date(Date.parse(firstSeenAt) - 1_000).toISOString();
      const unknown = await mine.refusal(show, id, { query: `at=${before}` });
      expect(unknown).to.include({ code: 'not-found' });
      expect(unknown.detail).to.contain(firstSeenAt);

      const [latest] = await mine.history('volume', id);
      expect(latest?.diff).to.deep.include({ path: '/name', from: 'v1', to: 'renamed' });
      expect(latest?.diff).to.deep.include({ path: '/tags/env', from: 'prod' });
    });

    it('says that nothing has changed, until something has', async () => {
      const { mine } = world();
      const [{ id = '' } = {}] = (await mine.list('volume', 'name=v2')).items;
      const onlyIt = { params: mine.path, query: 'tag=env=dev' };
      const etags = {
        show: String((await mine.send(show, id)).headers['etag']),
        list: String((await mine.client.send(list, onlyIt)).headers['etag']),
      };
      const ask = async () => [
        await mine.send(show, id, { headers: { 'if-none-match': etags.show } }),
        await mine.client.send(list, { ...onlyIt, headers: { 'if-none-match': etags.list } }),
      ];
      for (const { status, body } of await ask())
        expect({ status, body }).to.deep.equal({ status: 304, body: '' });
      await mine.update('volume', id, { tags: { changed: 'yes' } });
      expect((await ask()).map(({ status }) => status)).to.deep.equal([200, 200]);
    });

    it('says what is gone, with the last of it and its history', async () => {
      const { mine } = world();
      const { id } = await mine.create('volume', { region, gigabytes: 8, datacenter, name: 'short' });
      await mine.destroy('volume', id);
      const gone = await mine.refusal(show, id);
      expect(gone).to.include({ status: 410, code: 'gone' });
      expect(gone.last).to.include({ id, name: 'short' });
      const { items } = await mine.client.ask(resourceHistoryRoute('volume'), {
        params: { ...mine.path, id },
      });
      expect(items[0]?.change).to.equal('deleted');
    });

    it('tells how old it is, and when it grows older because the cloud fails', async () => {
      const { mine, gateway } = world();
      const fresh = await eventually(async () => {
        const page = await mine.list('volume', `region=${region}`);
        expect(page).to.include({ stale: false });
        return page;
      });
      gateway.simulator.setFaults([{ kind: 'fail', action: 'DescribeVolumes' }]);
      try {
        const stale = await eventually(async () => {
          const page = await mine.list('volume', `region=${region}`);
          expect(page).to.include({ stale: true });
          return page;
        });
        expect(Date.parse(String(stale.observedAt))).to.be.at.least(Date.parse(String(fresh.observedAt)));
        expect(stale.items.map(({ stale: each }) => each)).to.include(true);
        expect((await mine.list('network', `region=${region}`)).stale, 'another listing').to.equal(false);
      } finally {
        gateway.simulator.setFaults([]);
      }
      await eventually(async () => (await mine.list('volume', `region=${region}`)).stale === false);
    });
  });
}

function idsOf(found: readonly Pick<Instance, 'id'>[]): string[] {
  return found.map(({ id }) => id);
}

// What a listing may be relied on for, whatever the cloud does with its pages.
import { allResourceTypes, bodySchemas, creatableTypes, type ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectKnownState } from '../expect-known-state.ts';
import {
  created,
  destroyed,
  groupOf,
  inListing,
  listed,
  listing,
  open,
  reached,
  settled,
  shown,
  wish,
} from '../session.ts';
import { describePublished } from './describe-sharing.ts';

export function describeListings(examined: Examined): void {
  describe('listings', () => {
    it('give bodies that fit the contract, of the types that the poll group names, each once', async () => {
      const { cloud, specs } = examined();
      const { make } = createMaker(examined());
      for (const type of creatableTypes.filter((it) => specs[it] !== undefined)) await make(type);

      const types = new Set<string>();
      for (const group of cloud.pollGroups) {
        const bodies = await listed(open(examined()), group.name);
        for (const body of bodies) {
          types.add(body.type);
          expect(group.types, group.name).to.include(body.type);
          expect(bodySchemas[body.type].parse(body), group.name).to.deep.equal(body);
          expectKnownState(examined(), body);
        }
        const ids = bodies.map(({ type, cloudId }) => `${type} ${cloudId}`);
        expect(new Set(ids).size, group.name).to.equal(ids.length);
      }
      expect([...types].sort()).to.deep.equal([...allResourceTypes].sort());
    });

    it('list each as a look shows it', async () => {
      const { cloud } = examined();
      const { make } = createMaker(examined());
      for (const type of ['volume-attachment', 'ip-address-binding', 'image'] as const) await make(type);
      const session = open(examined());

      for (const { name, scope } of cloud.pollGroups) {
        const bodies = await listed(session, name);
        for (const body of bodies.slice(0, 3)) expect(await shown(session, body), scope).to.deep.equal(body);
      }
    });

    describePublished(examined);

    it('give everything once over many pages', async () => {
      const session = open(examined());
      for (const type of ['instance', 'volume', 'security-group', 'network'] as const) {
        const { make } = createMaker(examined());
        const ids: string[] = [];
        for (let n = 0; n < 12; n += 1) ids.push((await make(type)).cloudId);

        const found = (await listed(session, groupOf(examined(), type))).map(({ cloudId }) => cloudId);

        expect(found, type).to.include.members(ids);
        expect(new Set(found).size, type).to.equal(found.length);
        await examined().control.reset();
      }
    });

    it('take no harm from pages that repeat items', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const { make } = createMaker(examined());
      const made: ResourceBody[] = [];
      for (let n = 0; n < 12; n += 1) made.push((await make('instance')) as ResourceBody);
      await control.setFaults({ kind: 'repeated-items' });

      const found = await listed(open(examined()), groupOf(examined(), 'instance'));

      const ids = new Set(found.map(({ cloudId }) => cloudId));
      expect([...ids].sort()).to.deep.equal(made.map(({ cloudId }) => cloudId).sort());
    });

    it('go on in full where one zone fails, and name it', async function () {
      const { control, given } = examined();
      if (control.setFaults === undefined) return this.skip();
      const session = open(examined());
      const { minimal } = specsOf(examined(), 'volume');
      const spec = await minimal(createMaker(examined()));
      const [datacenter, other] = (await listed(session, groupOf(examined(), 'datacenter')))
        .map(({ name, cloudId }) => name ?? cloudId)
        .sort((a) => (a === given.datacenter ? -1 : 1)) as [string, string];
      const here = await created(session, 'volume', { ...spec, datacenter }, wish('here'));
      await created(session, 'volume', { ...spec, datacenter: other }, wish('there'));
      await control.setFaults({ kind: 'zone-down', zone: other });

      const { bodies, missingZones } = await listing(session, groupOf(examined(), 'volume'));

      expect(missingZones).to.deep.equal([other]);
      expect(bodies.map(({ cloudId }) => cloudId)).to.deep.equal([here.cloudId]);
      expect(await shown(session, here as ResourceBody)).to.include({ cloudId: here.cloudId });
    });

    it('are complete where the cloud forgets tags', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const session = open(examined());
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      await control.setFaults({ kind: 'no-tags' });

      const seen = await inListing(examined(), instance, session);

      expect(seen).to.deep.equal({ ...instance, name: null, tags: {} });
    });

    it('go on showing what is terminated, as such', async function () {
      if (examined().control.holdTransitions === undefined) return this.skip();
      const { cloud } = examined();
      const session = open(examined());
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;

      await destroyed(session, instance);
      await reached(session, instance, 'terminated');

      const seen = await inListing(examined(), instance);
      expect(seen).to.include({ state: 'terminated' });
      expect(cloud.isTransitional(seen ?? instance)).to.equal(false);
    });

    it('fail as a whole where a page fails', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const { make } = createMaker(examined());
      for (let n = 0; n < 8; n += 1) await make('network');
      const session = open(examined());
      let pages = 0;

      const work = (async () => {
        for await (const _ of session.list(groupOf(examined(), 'network'), AbortSignal.timeout(10_000))) {
          pages += 1;
          await control.setFaults?.({ kind: 'throttle' });
        }
      })();

      const error = await work.then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(pages).to.equal(1);
      expect(error).to.include({ code: 'cloud-throttled' });
    });

    it('are the same whoever settles first', async () => {
      const session = open(examined());
      const volume = (await createMaker(examined()).make('volume')) as ResourceBody;

      expect(await inListing(examined(), volume)).to.deep.equal(await settled(examined(), session, volume));
    });

    it('has no region that it was not told of', () => {
      const { cloud, account } = examined();
      const place = { region: 'nowhere-1', cloudAccountId: account.cloudAccountId, purpose: 'poll' } as const;

      expect(() => cloud.open(account.credentials, place)).to.throw('nowhere-1');
    });
  });
}

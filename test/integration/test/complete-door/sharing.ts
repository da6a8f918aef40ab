import {
  accountRefreshRoute,
  type ResourceEvent,
  resourceDestroyRoute,
  resourceShareRoute,
  resourceSharingRoute,
  resourceUpdateRoute,
  type ShareableType,
  shareableTypes,
} from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { launchBody } from '../../src/launches.ts';
import type { Resources } from '../../src/resources.ts';
import { type DoorWorld, datacenter, region } from './door-world.ts';

export function describeSharing(world: () => DoorWorld): void {
  describe('sharing', () => {
    for (const type of shareableTypes) {
      it(`${type}: shared, published once for all, and taken back; each account is told once`, async () => {
        const { mine, theirs, gateway } = world();
        const { otherUser, user } = gateway;
        const made = await make(type);
        const { cloudId } = made;
        const share = (sharing: object) =>
          mine.client.ask(resourceShareRoute(type), { params: { ...mine.path, id: cloudId }, body: sharing });

        await share({ public: false, accounts: [otherUser.accountId] });
        await listAgain(theirs, type);
        const shared = await theirs.show(type, cloudId);
        expect(shared).to.include({
          visibility: 'shared',
          owner: user.accountId,
          account: theirs.path.account,
        });
        await refusesStranger(theirs, type, cloudId);

        await share({ public: true, accounts: [] });
        await listAgain(theirs, type);
        const [forMe, forThem] = [await mine.show(type, cloudId), await theirs.show(type, cloudId)];
        // Everybody finds it under his own account. Between the two looks it may have been listed again.
        const href = forMe.href.replace(mine.path.account, theirs.path.account);
        expect({ ...forThem, observedAt: forMe.observedAt }).to.deep.equal({ ...forMe, href });
        expect(forMe).to.include({ account: null, visibility: 'public', owner: user.accountId });
        expect(forMe.tags, 'tags are the owner’s').to.deep.equal({});
        const updated = await mine.update(type, cloudId, { tags: { mine: 'still' } });
        expect(updated.cloudId, 'its owner may still change it').to.equal(cloudId);

        await share({ public: false, accounts: [] });
        expect(await mine.show(type, cloudId)).to.include({ id: made.id, visibility: 'private' });
        await mine.destroy(type, cloudId);

        const kindsOf = (account: string) =>
          eventsOf(cloudId).flatMap((event) => (event.account === account ? [event.change] : []));
        await eventually(() => expect(kindsOf('ec2-public')).to.deep.equal(['discovered', 'deleted']));
        await eventually(() => expect(kindsOf(theirs.path.account)).to.deep.equal(['shared', 'published']));
        await eventually(() => {
          const kinds = kindsOf(mine.path.account);
          expect(kinds.filter((kind) => kind === 'published')).to.have.length(1);
          expect(kinds.at(-1)).to.equal('deleted');
          return true;
        });
      });

      async function make(of: ShareableType) {
        const { mine, gateway } = world();
        if (of === 'image') {
          const { cloudId: instanceId } = await mine.create('instance', launchBody(gateway));
          return mine.create('image', { region, name: 'to be shared', instanceId });
        }
        const { cloudId: volumeId } = await mine.create('volume', { region, gigabytes: 8, datacenter });
        return mine.create('volume-snapshot', { region, name: 'to be shared', volumeId });
      }
    }

    async function listAgain({ client, path }: Resources, type: ShareableType): Promise<void> {
      // Gone from one listing is not gone yet; a second one makes it sure.
      for (let listing = 1; listing <= 2; listing += 1) {
        const asked = { params: path, query: `region=${region}&type=${type}` };
        expect((await client.ask(accountRefreshRoute, asked)).complete).to.equal(true);
      }
    }

    async function refusesStranger(theirs: Resources, type: ShareableType, id: string): Promise<void> {
      const calls = world().gateway.simulator.calls().counts;
      for (const refused of [
        await theirs.refusal(resourceUpdateRoute(type), id, { body: { tags: { a: 'b' } } }),
        await theirs.refusal(resourceDestroyRoute(type), id),
        await theirs.refusal(resourceSharingRoute(type), id),
        await theirs.refusal(resourceShareRoute(type), id, { body: { public: true, accounts: [] } }),
      ]) {
        expect(refused).to.include({ status: 403, code: 'not-owner' });
      }
      const after = world().gateway.simulator.calls().counts;
      for (const action of Object.keys(after).filter((name) => !name.includes(':Describe'))) {
        expect(after[action], `${action} at the cloud`).to.equal(calls[action]);
      }
      expect(await theirs.show(type, id)).to.include({ visibility: 'shared' });
    }

    function eventsOf(cloudId: string): ResourceEvent[] {
      const events = world().events.arrived.map(({ payload }) => payload as ResourceEvent);
      return events.filter((event) => event.cloudId === cloudId);
    }
  });
}

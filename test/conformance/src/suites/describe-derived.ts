// Attachments and bindings: no cloud lists them by themselves. They come and go with what they join.
import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { createMaker } from '../create-maker.ts';
import { destroyed, gone, groupOf, inListing, listed, open, reached, settled } from '../session.ts';

export function describeDerived(examined: Examined): void {
  describe('attachments and bindings', () => {
    it('have ids that follow from what they join', async () => {
      const { make } = createMaker(examined());

      const attachment = await make('volume-attachment');
      const binding = await make('ip-address-binding');

      expect(attachment.cloudId).to.equal(`${attachment.volumeId}:${attachment.instanceId}`);
      expect(binding.cloudId).to.equal(`${binding.ipAddressId}:${binding.instanceId}`);
    });

    it('show on what they join', async () => {
      const { make } = createMaker(examined());
      const session = open(examined());

      const { volumeId } = await make('volume-attachment');
      const { ipAddressId, instanceId, address } = await make('ip-address-binding');

      const volume = await reached(session, { type: 'volume', cloudId: volumeId } as ResourceBody, 'in_use');
      const held = await reached(
        session,
        { type: 'ip-address', cloudId: ipAddressId } as ResourceBody,
        'in_use',
      );
      const bound = await inListing(examined(), { type: 'instance', cloudId: instanceId ?? '' });
      expect(volume.cloudId).to.equal(volumeId);
      expect(held).to.include({ instanceId, address });
      expect(bound?.['publicAddresses']).to.include(address);
    });

    it('come with a look at what they join', async () => {
      const attachment = await createMaker(examined()).make('volume-attachment');

      const seen = await open(examined()).look('volume', [attachment.volumeId], AbortSignal.timeout(10_000));

      expect(seen.find(({ cloudId }) => cloudId === attachment.cloudId)).to.deep.equal(attachment);
    });

    it('are there for the root disk of an instance, without anybody having made them', async () => {
      const { cloudId } = await createMaker(examined()).make('instance');
      const bodies = await listed(open(examined()), groupOf(examined(), 'volume-attachment'));

      const its = bodies.filter((body) => body['instanceId'] === cloudId);

      expect(its).to.have.length(1);
      expect(bodies.map((body) => body.cloudId)).to.include(its[0]?.['volumeId'] as string);
    });

    it('go with the instance; the volume and the address stay', async () => {
      const { make } = createMaker(examined());
      const session = open(examined());
      const attachment = await make('volume-attachment');
      const binding = await make('ip-address-binding');

      for (const { instanceId } of [attachment, binding]) {
        await destroyed(session, { type: 'instance', cloudId: instanceId } as ResourceBody);
      }

      for (const body of [attachment, binding]) await gone(examined(), session, body as ResourceBody);
      const volume = { type: 'volume', cloudId: attachment.volumeId } as ResourceBody;
      const address = { type: 'ip-address', cloudId: binding.ipAddressId } as ResourceBody;
      for (const kept of [volume, address]) {
        expect(await settled(examined(), session, kept)).to.include({ state: 'available' });
      }
    });

    it('rules go with their group', async () => {
      const { make } = createMaker(examined());
      const session = open(examined());
      const rule = await make('security-group-rule');

      await destroyed(session, { type: 'security-group', cloudId: rule.securityGroupId } as ResourceBody);

      await gone(examined(), session, rule as ResourceBody);
    });
  });
}

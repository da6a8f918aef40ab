import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { launched, listed, open } from '../session.ts';

export function describeListings(examined: Examined): void {
  describe('listings', () => {
    it('gives bodies that fit the contract, of the types that the poll group names', async () => {
      const { cloud } = examined();
      const session = open(examined());
      await launched(examined(), 'in-the-list');

      for (const group of cloud.pollGroups) {
        for (const body of await listed(session, group.name)) {
          expect(group.types).to.include(body.type);
          expect(bodySchemas[body.type].parse(body), group.name).to.deep.equal(body);
        }
      }
    });

    it('has datacenters, instance types and images, each id once', async () => {
      for (const group of ['datacenters', 'instance-types', 'published-images']) {
        const ids = (await listed(open(examined()), group)).map(({ cloudId }) => cloudId);

        expect(ids, group).not.to.be.empty;
        expect(new Set(ids).size, group).to.equal(ids.length);
      }
    });

    it('shows published images as public', async () => {
      const images = await listed(open(examined()), 'published-images');

      expect(new Set(images.map(({ visibility }) => visibility))).to.deep.equal(new Set(['public']));
    });

    it('gives every instance once over several pages', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 12; n += 1) ids.push((await launched(examined(), `page-${n}`)).cloudId);
      const session = open(examined());

      const found = (await listed(session, 'instances')).map(({ cloudId }) => cloudId);

      expect(found.sort()).to.deep.equal(ids.sort());
    });

    it('lists an instance exactly as it shows it', async () => {
      const { cloudId } = await launched(examined(), 'same');
      const session = open(examined());

      const shown = await session.showInstance(cloudId, AbortSignal.timeout(5_000));
      const inList = (await listed(session, 'instances')).find((body) => body.cloudId === cloudId);

      expect({ ...inList, state: '', rawState: '' }).to.deep.equal({ ...shown, state: '', rawState: '' });
    });

    it('has no region that it was not told of', () => {
      const { cloud, credentials } = examined();

      expect(() => cloud.open(credentials, 'nowhere-1')).to.throw('nowhere-1');
    });

    it('says what it does not know', async () => {
      const { cloudId } = await launched(examined(), 'gone');
      const unknown = `${cloudId.slice(0, -4)}0000`;

      const error = await expectGatewayError(
        open(examined()).showInstance(unknown, AbortSignal.timeout(5_000)),
        'cloud-not-found',
      );

      expect(error.message).to.include(unknown);
    });
  });
}

import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { patience } from '../session.ts';

export function describeCredentials(examined: Examined): void {
  describe('credentials', () => {
    it('tells whose they are', async () => {
      const { cloud, account } = examined();
      const { credentials, cloudAccountId } = account;

      const identity = await cloud.identify(credentials, patience());

      expect(identity.cloudAccountId).to.equal(cloudAccountId);
      expect(identity.identity).to.include(cloudAccountId);
    });

    it('finds nothing missing where nothing is', async () => {
      const { cloud, account } = examined();
      const { credentials, cloudAccountId } = account;

      const check = await cloud.checkCredentials(credentials, patience());

      expect(check).to.deep.include({ valid: true, cloudAccountId, missingPermissions: [], message: null });
    });

    it('names a permission that is missing', async function () {
      const { cloud, control } = examined();
      if (control.deny === undefined) return this.skip();
      const credentials = await control.deny('ec2:RunInstances');

      const check = await cloud.checkCredentials(credentials, patience());

      expect(check).to.deep.include({ valid: true, missingPermissions: ['ec2:RunInstances'] });
    });

    it('refuses a wrong secret, and never says one', async function () {
      const { cloud, control, region, account } = examined();
      const { wrongSecret } = control;
      if (wrongSecret === undefined) return this.skip();
      const place = { region, cloudAccountId: account.cloudAccountId, purpose: 'poll' } as const;
      const [group] = cloud.pollGroups;
      const listing = () => cloud.open(wrongSecret, place).list(group?.name ?? '', patience());

      const errors = [
        await expectGatewayError(cloud.identify(wrongSecret, patience()), 'credentials-rejected'),
        await expectGatewayError(listing()[Symbol.asyncIterator]().next(), 'credentials-rejected'),
      ];
      const check = await cloud.checkCredentials(wrongSecret, patience());

      expect(check).to.deep.include({ valid: false, cloudAccountId: null, identity: null });
      expect(check.message).to.be.a('string').that.is.not.empty;
      for (const text of [...errors.map(({ message }) => message), check.message]) {
        expect(text).not.to.include(wrongSecret.secretAccessKey);
      }
    });
  });
}

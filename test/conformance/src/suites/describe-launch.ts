import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { launched, listed, open, patience } from '../session.ts';

export function describeLaunch(examined: Examined): void {
  describe('launch', () => {
    it('answers the whole instance, with its name, its tags and the request in them', async () => {
      const { spec, cloudAccountId } = examined();
      const wish = { idempotencyToken: 'whole', requestId: 'request-1', signal: patience() };

      const body = await open(examined()).launchInstance(
        { ...spec, name: 'web-1', tags: { role: 'web' } },
        wish,
      );

      expect(body).to.deep.include({
        type: 'instance',
        name: 'web-1',
        owner: cloudAccountId,
        imageId: spec.imageId,
        instanceType: spec.instanceType,
        tags: { Name: 'web-1', role: 'web', 'cloud-gateway:request': 'request-1' },
      });
      expect(['pending', 'running']).to.include(body.state);
    });

    it('is one launch however often the same wish is sent', async function () {
      if (!examined().control.isStrict) return this.skip();
      const first = await launched(examined(), 'once');

      const others = await Promise.all([launched(examined(), 'once'), launched(examined(), 'once')]);
      const another = await launched(examined(), 'another');

      expect(others.map(({ cloudId }) => cloudId)).to.deep.equal([first.cloudId, first.cloudId]);
      expect(another.cloudId).not.to.equal(first.cloudId);
      expect(await listed(open(examined()), 'instances')).to.have.length(2);
    });

    it('refuses the same token for another wish', async function () {
      const { spec, control } = examined();
      if (!control.isStrict) return this.skip();
      await launched(examined(), 'once');

      const error = await expectGatewayError(
        open(examined()).launchInstance(
          { ...spec, name: 'something else' },
          { idempotencyToken: 'once', requestId: 'once', signal: patience() },
        ),
        'idempotency-key-reused',
      );

      expect(error.cloud?.code).to.equal('IdempotentParameterMismatch');
    });

    it('makes no second instance when the connection breaks after the effect', async function () {
      const { control } = examined();
      if (control.resetAfterEffectOnce === undefined) return this.skip();
      await control.resetAfterEffectOnce('launch');

      const body = await launched(examined(), 'cut');

      const ids = (await listed(open(examined()), 'instances')).map(({ cloudId }) => cloudId);
      expect(ids).to.deep.equal([body.cloudId]);
      expect(await control.countCalls?.('launch')).to.equal(2);
    });

    it('says what is wrong with an image that is not there', async function () {
      const { spec, control } = examined();
      if (!control.isStrict) return this.skip();
      const imageId = `${spec.imageId.slice(0, -4)}0000`;

      const error = await expectGatewayError(
        open(examined()).launchInstance(
          { ...spec, imageId },
          { idempotencyToken: 'no-image', requestId: 'no-image', signal: patience() },
        ),
        'cloud-not-found',
      );

      expect(error.message).to.include(imageId);
      expect(error.cloud?.code).to.equal('InvalidAMIID.NotFound');
      expect(error.cloud?.requestId).to.be.a('string').that.is.not.empty;
    });
  });
}

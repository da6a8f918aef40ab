import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { launched, listed, open, patience, reached } from '../session.ts';

export function describeFailures(examined: Examined): void {
  describe('failures', () => {
    it('says when to come back after throttling, and does not insist', async function () {
      const { control } = examined();
      if (control.throttleOnce === undefined) return this.skip();
      await control.throttleOnce('list-instances');

      const error = await expectGatewayError(listed(open(examined()), 'instances'), 'cloud-throttled');

      expect(error.retryAfterMs).to.be.greaterThan(0);
      expect(error.cloud?.code).to.equal('RequestLimitExceeded');
      expect(await control.countCalls?.('list-instances')).to.equal(1);
    });

    it('ends a call by the deadline of the caller', async function () {
      const { control } = examined();
      if (control.delay === undefined) return this.skip();
      await control.delay('list-instances', 30_000);
      const startedAtMs = performance.now();
      const page = open(examined())
        .list('instances', AbortSignal.timeout(300))
        [Symbol.asyncIterator]()
        .next();

      await expectGatewayError(page, 'cloud-timeout');

      expect(performance.now() - startedAtMs).to.be.within(250, 1_000);
    });

    it('reads once more when a connection breaks', async function () {
      const { control } = examined();
      if (control.resetAfterEffectOnce === undefined) return this.skip();
      const { cloudId } = await launched(examined(), 'read-again');
      await control.resetAfterEffectOnce('list-instances');

      const found = await listed(open(examined()), 'instances');

      expect(found.map((body) => body.cloudId)).to.deep.equal([cloudId]);
    });

    it('stops once more when a connection breaks: that does no harm', async function () {
      const { control } = examined();
      if (control.resetAfterEffectOnce === undefined) return this.skip();
      const session = open(examined());
      const { cloudId } = await launched(examined(), 'stop-again');
      await reached(session, cloudId, 'running');
      await control.resetAfterEffectOnce('stop');

      const body = await session.stopInstance(cloudId, patience());

      expect(['stopping', 'stopped']).to.include(body.state);
    });

    it('never reboots twice: when a connection breaks, nobody knows', async function () {
      const { control } = examined();
      if (control.resetAfterEffectOnce === undefined) return this.skip();
      const session = open(examined());
      const { cloudId } = await launched(examined(), 'reboot-once');
      await reached(session, cloudId, 'running');
      await control.resetAfterEffectOnce('reboot');

      await expectGatewayError(session.rebootInstance(cloudId, patience()), 'outcome-unknown');

      expect(await control.countCalls?.('reboot')).to.equal(1);
    });

    it('carries no call out after its session is closed', async () => {
      const session = open(examined());
      session.close();
      session.close();

      await expectGatewayError(session.showInstance('i-00000000000000000', patience()), 'internal');
    });
  });
}

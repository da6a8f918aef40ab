import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { acted, groupOf, inListing, listed, open, patience, shown, targetOf, writing } from '../session.ts';

export function describeFailures(examined: Examined): void {
  describe('failures', () => {
    it('says when to come back after throttling, and does not insist', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      await control.setFaults({ kind: 'throttle' });
      const before = (await control.countCalls?.()) ?? 0;

      const group = groupOf(examined(), 'instance');
      const error = await expectGatewayError(listed(open(examined()), group), 'cloud-throttled');

      expect(error.retryAfterMs).to.be.greaterThan(0);
      expect(error.cloud?.code).to.be.a('string').that.is.not.empty;
      expect(((await control.countCalls?.()) ?? 0) - before).to.equal(1);
    });

    it('ends a call by the deadline of the caller', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      await control.setFaults({ kind: 'hang-before' });
      const startedAtMs = performance.now();
      const page = open(examined())
        .list(groupOf(examined(), 'instance'), AbortSignal.timeout(300))
        [Symbol.asyncIterator]()
        .next();

      await expectGatewayError(page, 'cloud-timeout');

      // Far below the ten seconds that a call may take.
      expect(performance.now() - startedAtMs).to.be.within(250, 5_000);
    });

    it('reads once more when a connection breaks', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      for (const kind of ['reset-before', 'reset-after', 'reset-mid-answer'] as const) {
        await control.setFaults({ kind, times: 1 });

        expect(await inListing(examined(), instance), kind).to.deep.equal(instance);
      }
    });

    it('stops once more when a connection breaks: that does no harm', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      const call = specsOf(examined(), 'instance').calls.stop ?? '';
      await control.setFaults({ kind: 'reset-after', times: 1, call });

      const body = await acted(open(examined()), 'stop', instance);

      expect(['stopping', 'stopped']).to.include(body.state);
      expect(await control.countCalls?.(call)).to.equal(2);
    });

    it('never reboots twice: when a connection breaks, nobody knows', async function () {
      const { control } = examined();
      if (control.setFaults === undefined) return this.skip();
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      const call = specsOf(examined(), 'instance').calls.reboot ?? '';
      await control.setFaults({ kind: 'reset-after', call });
      const reboot = open(examined()).act('reboot', targetOf(instance), writing());

      await expectGatewayError(reboot, 'outcome-unknown');

      expect(await control.countCalls?.(call)).to.equal(1);
    });

    it('says what is wrong with a thing that is named and not there', async () => {
      const { given } = examined();
      const spec = await specsOf(examined(), 'instance').minimal(createMaker(examined()));
      const imageId = `${given.imageId.slice(0, -4)}0000`;

      const error = await expectGatewayError(
        open(examined()).create(
          'instance',
          { ...spec, imageId },
          { ...writing(), idempotencyToken: 'none', requestId: 'none', sentAgoMs: null },
        ),
        'cloud-not-found',
      );

      expect(error.message).to.include(imageId);
      expect(error.cloud?.requestId).to.be.a('string').that.is.not.empty;
    });

    it('carries no call out after its session is closed', async () => {
      const session = open(examined());
      session.close();
      session.close();

      await expectGatewayError(shown(session, { type: 'instance', cloudId: 'i-0' }), 'internal');
    });

    it('has no listing of another name', async () => {
      const page = open(examined()).list('no-such-group', patience())[Symbol.asyncIterator]().next();

      await expectGatewayError(page, 'internal');
    });
  });
}

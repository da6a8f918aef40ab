// The guard of the clock: times further apart than 300 s are refused, exactly 300 s pass.
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { listed, open } from '../session.ts';

export function describeClock(examined: Examined): void {
  describe('the clock', () => {
    for (const offset of [301, -301]) {
      it(`sends nothing to a cloud whose clock is ${offset} s off`, async function () {
        const { control } = examined();
        if (control.setClockOffsetSeconds === undefined) return this.skip();
        await control.setClockOffsetSeconds(offset);

        const error = await expectGatewayError(listed(open(examined()), 'instances'), 'cloud-clock-skew');

        expect(error.message).to.include(`301 seconds ${offset > 0 ? 'ahead of' : 'behind'} ours`);
        expect(await control.countCalls?.()).to.equal(0);
      });
    }

    for (const offset of [300, -300, 0]) {
      it(`works with a cloud whose clock is ${offset} s off`, async function () {
        const { control } = examined();
        if (control.setClockOffsetSeconds === undefined) return this.skip();
        await control.setClockOffsetSeconds(offset);

        expect(await listed(open(examined()), 'instances')).to.deep.equal([]);
      });
    }

    it('works again as soon as the clocks agree again', async function () {
      const { control } = examined();
      if (control.setClockOffsetSeconds === undefined) return this.skip();
      const session = open(examined());
      await control.setClockOffsetSeconds(600);
      await expectGatewayError(listed(session, 'instances'), 'cloud-clock-skew');

      await control.setClockOffsetSeconds(0);

      expect(await listed(session, 'instances')).to.deep.equal([]);
    });

    it('finds out when our own clock is wrong', async function () {
      const { control, clock } = examined();
      if (control.setClockOffsetSeconds === undefined) return this.skip();
      clock.advance(301_000);

      await expectGatewayError(listed(open(examined()), 'instances'), 'cloud-clock-skew');

      clock.advance(-301_000);
      expect(await listed(open(examined()), 'instances')).to.deep.equal([]);
    });
  });
}

// The limits of calls are the account's, and the gateway leaves the larger part of them to others.
import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest, Examined } from '../cloud-under-test.ts';
import { createMaker } from '../create-maker.ts';
import { groupOf, listed, open, shown } from '../session.ts';

export function describeBudgets(examined: Examined): void {
  describe('budgets', () => {
    let stop = () => {};
    beforeEach(async function () {
      const { control } = examined();
      if (control.throttle === undefined || control.runClock === undefined) return this.skip();
      stop = control.runClock();
    });
    afterEach(() => stop());

    it('polls stay below the tenth that is theirs, and wait rather than fail', async () => {
      const { control } = examined();
      await control.throttle?.();
      const session = frugal(examined(), 'poll');
      const group = groupOf(examined(), 'placement-group');

      for (let n = 0; n < 15; n += 1) await listed(session, group);

      expect(await control.countThrottled?.()).to.equal(0);
      // One that keeps to no budget would be refused.
      const greedy = open(examined());
      const all = Array.from({ length: 15 }, () => listed(greedy, group));
      expect((await Promise.allSettled(all)).map(({ status }) => status)).to.include('rejected');
    });

    it('requests beyond the limits are told when to come back, and cause no storm', async () => {
      const { control } = examined();
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      await control.throttle?.();
      const before = (await control.countCalls?.()) ?? 0;
      const session = frugal(examined(), 'request');

      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => shown(session, instance)));

      const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
      expect(refused.length).to.be.within(1, 29);
      for (const error of refused) {
        expect(error).to.include({ code: 'cloud-throttled' });
        expect(error.retryAfterMs).to.be.greaterThan(0);
      }
      expect(((await control.countCalls?.()) ?? 0) - before).to.be.at.most(outcomes.length);
    });
  });
}

function frugal({ frugal: cloud, account, region }: CloudUnderTest, purpose: 'poll' | 'request') {
  return cloud.open(account.credentials, { region, cloudAccountId: account.cloudAccountId, purpose });
}

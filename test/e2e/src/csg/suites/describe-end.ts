// The end of access: revoked, or archived straight from active.
import { accessRequestArchiveRoute, accessRequestRevokeRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Acceptance, driverNames, refusals } from '../acceptance.ts';
import { expectState } from '../expect-state.ts';

export function describeEnd(acceptance: () => Acceptance): void {
  describe('the end of access', () => {
    for (const [name, route, state] of [
      ['first', accessRequestRevokeRoute, 'revoked'],
      ['second', accessRequestArchiveRoute, 'archived'],
    ] as const) {
      it(`the ${name} request is ${state}, in both views, and soon in the proxy`, async () => {
        const { world, key, run, driver } = acceptance();
        const { requestId } = key(name);
        await world.administrator.call(route, { params: { request: requestId }, body: { reason: 'over' } });
        await expectState(world, requestId, state);

        const javascript = driver('the SDK for JavaScript');
        if (!javascript) throw new Error('The SDK for JavaScript is always there');
        const call = { sequence: 'denied', service: 'dynamodb', key: key(name) } as const;
        await eventually(
          async () => (await run(javascript, call))?.message.includes(refusals['not-active']),
          { timeoutMs: 3000 },
        );
      });
    }

    for (const name of driverNames) {
      it(`no service answers, requested or not: ${name}`, async function () {
        const { driver, key, expectRefusal, world } = acceptance();
        const caller = driver(name);
        if (!caller) return this.skip();
        for (const service of caller.services) {
          for (const wish of ['first', 'second'] as const) {
            const call = { sequence: 'denied', service, key: key(wish) } as const;
            await expectRefusal(caller, call, refusals['not-active']);
          }
        }
        expect(world.gateway.errors()).to.deep.equal([]);
      });
    }
  });
}

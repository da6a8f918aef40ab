// Asks the poller to list an account again, and answers when that is in the store.
//
// Safe to run twice: another listing does no harm. If we die, the listings are due all the same.
import { accountRefreshRoute, GatewayError, type ResourceType } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { sleep } from '@cloud-gateway/runtime';
import type { PollUnitStatus } from '@cloud-gateway/store';
import type { OpenAccount } from '../account-access.ts';
import { toPollUnitBody } from '../poll-unit-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'access' | 'clock'>;

export function accountRefresh({ store, access, clock }: Deps): Handler {
  return handler(accountRefreshRoute, async (request) => {
    const { params, query, deadlineAtMs } = request;
    const { cloud, place } = await access.check(request, params);
    refuseUnknown(cloud, query);
    const wake = () => store.read.pollUnits.wake({ accountId: place.account, ...query });
    let { ids, nowMs: askedAtMs } = await wake();
    for (;;) {
      const units = await store.read.pollUnits.statusOf(ids);
      const complete = units.length > 0 && units.every((unit) => isOver(unit, askedAtMs));
      if (complete || clock.nowMs() + stepMs >= deadlineAtMs - reserveMs) {
        return { status: complete ? 200 : 202, body: { complete, items: units.map(toPollUnitBody) } };
      }
      await sleep(stepMs);
      // The poller makes the units of an account that was proven a moment ago.
      if (ids.length === 0) ({ ids, nowMs: askedAtMs } = await wake());
    }
  });
}

const stepMs = 100;
// What the answer needs to reach the caller before his deadline.
const reserveMs = 1_000;

/** A listing that began before the question may have missed what the caller has just done. */
function isOver({ attemptedAt }: PollUnitStatus, askedAtMs: number): boolean {
  return attemptedAt !== null && attemptedAt.getTime() >= askedAtMs;
}

function refuseUnknown(
  { id, regions, pollGroups }: OpenAccount['cloud'],
  { region, type }: { readonly region?: string | undefined; readonly type?: ResourceType | undefined },
): void {
  if (region !== undefined && !regions.includes(region)) {
    throw new GatewayError('validation-failed', {
      message: `query.region: ${region} is not served here`,
      issues: [{ path: 'query.region', message: `must be one of ${regions.join(', ')}` }],
    });
  }
  if (type === undefined || pollGroups.some(({ types }) => types.includes(type))) return;
  throw new GatewayError('not-supported', { message: `The cloud ${id} has no listing of ${type}.` });
}

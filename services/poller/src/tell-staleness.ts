// One event per type when what is known of a listing begins to grow old, and one when it is current again, whichever
// poller notices.
import type { Clock } from '@cloud-gateway/clock';
import type { ListingEvent, ListingKind } from '@cloud-gateway/contracts';
import { type LeasedUnit, listingEntry, type Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import type { PollFailureDecision } from './failure-schedule.ts';

interface Deps {
  readonly tx: Pick<Repositories, 'pollUnits' | 'outbox'>;
  readonly clock: Clock;
}

// One failed poll is everyday life; a refusal is not.
const failuresUntilStale = 3;
// credentials.invalid and cloud.clock-skew.
const hasEventOfItsOwn: ReadonlySet<string> = new Set(['credentials_invalid', 'out_of_sync']);

/** In the transaction that notes the failure. */
export async function tellStale(deps: Deps, unit: LeasedUnit, failure: PollFailureDecision): Promise<void> {
  if (unit.staleTold || hasEventOfItsOwn.has(failure.state)) return;
  if (failure.state !== 'denied' && unit.consecutiveFailures + 1 < failuresUntilStale) return;
  const { state, errorCode: code, error: message } = failure;
  await tell(deps, unit, { change: 'stale', reason: { state, code, message } });
}

/** In the transaction that notes the complete listing. Returns whether there was anything to tell. */
export async function tellCurrent(deps: Deps, unit: LeasedUnit): Promise<boolean> {
  return unit.staleTold && tell(deps, unit, { change: 'current', reason: null });
}

async function tell(
  { tx, clock }: Deps,
  unit: LeasedUnit,
  { change, reason }: { readonly change: ListingKind; readonly reason: ListingEvent['reason'] },
): Promise<boolean> {
  const isNews = await tx.pollUnits.setStaleTold(unit, change === 'stale');
  if (!isNews) return false;
  const { cloud, accountId: account, region, types } = unit;
  const observedAt = new Date(clock.nowMs()).toISOString();
  await tx.outbox.append(
    types.map((resourceType) =>
      listingEntry({
        id: mintId('evt', clock),
        account,
        cloud,
        region,
        resourceType,
        change,
        observedAt,
        reason,
      }),
    ),
  );
  return true;
}

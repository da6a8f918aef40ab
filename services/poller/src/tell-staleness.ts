// One event when what is known of a listing begins to grow old, and one when it is current again, whichever poller notices.
import type { Clock } from '@cloud-gateway/clock';
import type { AdministrativeSubject } from '@cloud-gateway/contracts';
import { administrativeEntry, type LeasedUnit, type Repositories } from '@cloud-gateway/store';
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
  await tell(deps, unit, 'polling.stale', {
    state: failure.state,
    code: failure.errorCode,
    message: failure.error,
  });
}

/** In the transaction that notes the complete listing. */
export async function tellCurrent(deps: Deps, unit: LeasedUnit): Promise<void> {
  if (unit.staleTold) await tell(deps, unit, 'polling.current', {});
}

async function tell(
  { tx, clock }: Deps,
  unit: LeasedUnit,
  subject: Extract<AdministrativeSubject, `polling.${string}`>,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const isNews = await tx.pollUnits.setStaleTold(unit, subject === 'polling.stale');
  if (!isNews) return;
  const { cloud, accountId, region, group, types } = unit;
  const event = administrativeEntry({
    id: mintId('evt', clock),
    subject,
    scope: accountId,
    atMs: clock.nowMs(),
    details: { cloud, region, group, types: [...types], ...details },
  });
  await tx.outbox.append([event]);
}

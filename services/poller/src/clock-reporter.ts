// Tells everybody that the clock of a cloud's endpoint is wrong, or right again: one event, however many processes see
// it. The clock guard speaks once per change, so what the store does not take at first is offered again.
import type { Clock } from '@cloud-gateway/clock';
import type { CloudClockTransition } from '@cloud-gateway/clouds';
import type { Logger } from '@cloud-gateway/runtime';
import { administrativeEntry, type Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export interface ClockReporter {
  /** Returns at once. */
  note(transition: CloudClockTransition): void;
  /** Writes down what is still to be told. Throws when the store does not take it; then call it again. */
  flush(): Promise<void>;
}

export function createClockReporter(deps: { store: Store; clock: Clock; log: Logger }): ClockReporter {
  // Only the last state of an endpoint matters.
  const untold = new Map<string, CloudClockTransition>();

  return {
    note(transition) {
      const { cloud, endpoint, to, skewSeconds } = transition;
      deps.log.warn('the clock of a cloud endpoint', { cloud, endpoint, state: to, skewSeconds });
      untold.set(endpoint, transition);
    },

    async flush() {
      for (const [endpoint, transition] of untold) {
        await tell(deps, transition);
        if (untold.get(endpoint) === transition) untold.delete(endpoint);
      }
    },
  };
}

async function tell(
  { store, clock }: { store: Store; clock: Clock },
  { cloud, endpoint, to, skewSeconds, atMs }: CloudClockTransition,
): Promise<void> {
  const state = to === 'out-of-sync' ? 'out_of_sync' : 'in_sync';
  await store.inTransaction(async (tx) => {
    const isNews = await tx.endpoints.transition({ endpoint, cloud, state, skewMs: skewSeconds * 1000 });
    if (!isNews) return;
    const event = administrativeEntry({
      id: mintId('evt', clock),
      subject: state === 'out_of_sync' ? 'cloud.clock-skew' : 'cloud.clock-in-sync',
      scope: 'gateway',
      atMs,
      details: { cloud, endpoint, skewSeconds },
    });
    await tx.outbox.append([event]);
  });
}

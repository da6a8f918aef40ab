// Tells everybody that the clock of a cloud's endpoint is wrong, or right again: one event, however many processes see
// it. The clock guard speaks once per change, so what the store does not take at first is offered again.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import { administrativeEntry, type Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import type { CloudClockTransition } from './open-clouds.ts';

export interface ClockReporter {
  /** Returns at once; a database that is away costs the call to the cloud nothing. */
  note(transition: CloudClockTransition): void;
  /** Gives up what is still untold. */
  stop(): Promise<void>;
}

export interface ClockReporterDeps {
  readonly store: Pick<Store, 'inTransaction'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createClockReporter(deps: ClockReporterDeps): ClockReporter {
  // Only the last state of an endpoint matters.
  const untold = new Map<string, CloudClockTransition>();
  const stopping = new AbortController();
  let telling: Promise<void> | undefined;

  async function tellAll(): Promise<void> {
    for (let attempt = 1; untold.size > 0 && !stopping.signal.aborted; attempt++) {
      try {
        for (const [endpoint, transition] of untold) {
          await tell(deps, transition);
          if (untold.get(endpoint) === transition) untold.delete(endpoint);
        }
      } catch (err) {
        if (attempt === 1) deps.log.warn('a clock transition cannot be told yet; it is tried again', { err });
        await sleep(retryDelayMs({ attempt, baseMs: 200, maxMs: 5_000 }), stopping.signal).catch(
          () => undefined,
        );
      }
    }
    telling = undefined;
  }

  return {
    note(transition) {
      const { cloud, endpoint, to, skewSeconds } = transition;
      deps.log.warn('the clock of a cloud endpoint', { cloud, endpoint, state: to, skewSeconds });
      untold.set(endpoint, transition);
      telling ??= tellAll();
    },
    async stop() {
      stopping.abort();
      await telling;
    },
  };
}

async function tell(
  { store, clock }: ClockReporterDeps,
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

// Purges what is older than the operator wants to keep, in small batches, so that nobody waits for it. One poller at a
// time does it, whoever holds the lease. Records of idempotency are purged by the sweep of services/credentials.
import { type Logger, type Metrics, sleep } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { repeat } from './repeat.ts';

export interface RetentionSettings {
  readonly everyMs: number;
  readonly revisionsMs: number;
  readonly tombstonesMs: number;
  readonly eventsMs: number;
  readonly intentsMs: number;
  readonly deadLettersMs: number;
}

export interface RetentionDeps {
  readonly store: Store;
  /** Unique among all pollers. */
  readonly owner: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly settings: RetentionSettings;
}

const rowsPerBatch = 500;
const pauseBetweenBatchesMs = 20;
// All of them are over by then: nobody needs them any more.
const watchesMs = 86_400_000;
const leasesMs = 86_400_000;
const loginsMs = 86_400_000;
// The audit log keeps that it was there.
const endedSubscriptionsMs = 86_400_000;

export function startRetention(deps: RetentionDeps): { stop(): Promise<void> } {
  const { store, owner, log, metrics, settings } = deps;
  const purged = metrics.counter('gateway_retention_purged_total', 'Rows that were purged by age.', ['what']);
  const stopping = new AbortController();
  const loop = repeat(
    async () => {
      const epoch = await store.read.leases.take('retention', { owner, leaseMs: 2 * settings.everyMs });
      if (epoch === null) return;
      const counts = await purgeOld(store, settings, stopping.signal);
      for (const [what, count] of Object.entries(counts)) if (count > 0) purged.inc({ what }, count);
      if (Object.values(counts).some((count) => count > 0)) log.info('purged what was old', counts);
    },
    {
      pauseMs: settings.everyMs,
      onError: (err) => log.debug('old rows could not be purged; it is tried again', { err }),
    },
  );
  return {
    async stop() {
      stopping.abort();
      await loop.stop();
    },
  };
}

/** Purges everything that is too old now, and tells how many rows of what. Ends early when it is aborted. */
export async function purgeOld(
  { read }: Store,
  settings: RetentionSettings,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const { revisionsMs, tombstonesMs, eventsMs, intentsMs, deadLettersMs } = settings;
  return {
    events: await inBatches((limit) => read.outbox.purge({ olderThanMs: eventsMs, limit }), signal),
    tombstones: await inBatches(
      (limit) => read.resources.purgeTombstones({ olderThanMs: tombstonesMs, limit }),
      signal,
    ),
    revisions: await inBatches((limit) => read.revisions.purge({ olderThanMs: revisionsMs, limit }), signal),
    intents: await inBatches((limit) => read.writeIntents.purge({ olderThanMs: intentsMs, limit }), signal),
    watches: await inBatches((limit) => read.watches.purge({ olderThanMs: watchesMs, limit }), signal),
    leases: await inBatches((limit) => read.leases.purge({ olderThanMs: leasesMs, limit }), signal),
    subscriptions: await inBatches(
      (limit) => read.subscriptions.purge({ olderThanMs: endedSubscriptionsMs, limit }),
      signal,
    ),
    deadLetters: await inBatches(
      (limit) => read.webhookDeadLetters.purge({ olderThanMs: deadLettersMs, limit }),
      signal,
    ),
    brokerLogins: await inBatches(
      (limit) => read.brokerLogins.purge({ olderThanMs: loginsMs, limit }),
      signal,
    ),
  };
}

async function inBatches(purge: (limit: number) => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const count = await purge(rowsPerBatch);
    total += count;
    if (count < rowsPerBatch) break;
    await sleep(pauseBetweenBatchesMs, signal).catch(() => undefined);
  }
  return total;
}

// Deletes what nobody asks for any more: tokens long expired, and outcomes of writes past the time in which anybody
// repeats them. Every process of this service does it; two at once only find less to do.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { Repositories } from '@cloud-gateway/store';

export interface SweepDeps {
  readonly store: { readonly read: Pick<Repositories, 'tokens' | 'idempotency'> };
  readonly clock: Clock;
  readonly log: Logger;
  /** Default: an hour. */
  readonly intervalMs?: number;
}

// For so long the refusal still says that the token expired, and not that it is unknown.
const tokenRetentionMs = 30 * 24 * 3_600_000;
const outcomeRetentionMs = 7 * 24 * 3_600_000;
// Small, so that a sweep never holds locks for long.
const rowsPerStatement = 500;

/** Sweeps now and then every `intervalMs`. `stop` waits for the statement that is under way. */
export function startSweep({ intervalMs = 3_600_000, ...deps }: SweepDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const sweeping = (async () => {
    while (!stopping.signal.aborted) {
      await sweep(deps, stopping.signal).catch((err: unknown) => deps.log.warn('a sweep failed', { err }));
      await sleep(intervalMs, stopping.signal).catch(() => undefined);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await sweeping;
    },
  };
}

async function sweep(
  { store, clock, log }: Omit<SweepDeps, 'intervalMs'>,
  signal: AbortSignal,
): Promise<void> {
  const { tokens, idempotency } = store.read;
  const expiredBefore = new Date(clock.nowMs() - tokenRetentionMs);
  const leasedBefore = new Date(clock.nowMs() - outcomeRetentionMs);
  const limit = rowsPerStatement;
  const deleted = {
    tokens: await repeat(() => tokens.purge({ expiredBefore, limit }), signal),
    outcomes: await repeat(() => idempotency.purge({ leasedBefore, limit }), signal),
  };
  if (deleted.tokens + deleted.outcomes > 0) log.info('swept', deleted);
}

async function repeat(purge: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await purge();
    total += count;
    if (count < rowsPerStatement || signal.aborted) return total;
  }
}

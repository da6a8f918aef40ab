// Deletes what nobody asks for any more: tokens long expired, outcomes of writes past the time in which anybody repeats
// them, and calls through the proxy that are older than the operator wants to keep them. Every process of this service
// does it; two at once only find less to do.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { Repositories } from '@cloud-gateway/store';

export interface SweepDeps {
  readonly store: { readonly read: Pick<Repositories, 'tokens' | 'idempotency' | 'usage'> };
  readonly clock: Clock;
  readonly log: Logger;
  /** How long calls through the proxy and their sums are kept. */
  readonly usageRetentionMs: number;
  /** How long the outcome of a write is kept: so long its repetition gets the same answer. */
  readonly outcomeRetentionMs: number;
  /** Default: an hour. */
  readonly intervalMs?: number;
}

// For so long the refusal still says that the token expired, and not that it is unknown.
const tokenRetentionMs = 30 * 24 * 3_600_000;
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
  { store, clock, log, usageRetentionMs, outcomeRetentionMs }: Omit<SweepDeps, 'intervalMs'>,
  signal: AbortSignal,
): Promise<void> {
  const { tokens, idempotency, usage } = store.read;
  const expiredBefore = new Date(clock.nowMs() - tokenRetentionMs);
  const leasedBefore = new Date(clock.nowMs() - outcomeRetentionMs);
  const before = new Date(clock.nowMs() - usageRetentionMs);
  const limit = rowsPerStatement;
  const deleted = {
    tokens: await repeat(() => tokens.purge({ expiredBefore, limit }), signal),
    outcomes: await repeat(() => idempotency.purge({ leasedBefore, limit }), signal),
    usage: await repeat(async () => largest(await usage.purge({ before, limit })), signal),
  };
  if (deleted.tokens + deleted.outcomes + deleted.usage > 0) log.info('swept', deleted);
}

/** Of several tables purged together: there is more to do while any of them gave a full batch. */
function largest(counts: object): number {
  return Math.max(...Object.values(counts));
}

async function repeat(purge: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await purge();
    total += count;
    if (count < rowsPerStatement || signal.aborted) return total;
  }
}

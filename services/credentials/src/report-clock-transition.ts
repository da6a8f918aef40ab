// An endpoint of a cloud whose clock is off, or right again: subscribers learn it once, whichever process noticed.
import type { CloudClockTransition } from '@cloud-gateway/clouds';
import type { Logger } from '@cloud-gateway/runtime';
import { administrativeEntry, type Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

/** Begins to write the event and returns; a database that is away costs the event, not the call to the cloud. */
export function reportClockTransition(
  { store, log }: { readonly store: Store; readonly log: Logger },
  transition: CloudClockTransition,
): void {
  const { cloud, endpoint, to, skewSeconds } = transition;
  log.warn('the clock of a cloud endpoint and ours', { cloud, endpoint, state: to, skewSeconds });
  write(store, transition).catch((err: unknown) =>
    log.error('a clock transition could not be reported', { cloud, endpoint, err }),
  );
}

async function write(store: Store, transition: CloudClockTransition): Promise<void> {
  const { cloud, endpoint, to, skewSeconds, atMs } = transition;
  const isOff = to === 'out-of-sync';
  await store.inTransaction(async (tx) => {
    const isFirst = await tx.endpoints.transition({
      endpoint,
      cloud,
      state: isOff ? 'out_of_sync' : 'in_sync',
      skewMs: skewSeconds * 1000,
    });
    if (!isFirst) return;
    await tx.outbox.append([
      administrativeEntry({
        id: mintId('evt'),
        subject: isOff ? 'cloud.clock-skew' : 'cloud.clock-in-sync',
        scope: 'gateway',
        atMs,
        details: { cloud, endpoint, skewSeconds },
      }),
    ]);
  });
}

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
  log.warn('the clock of a cloud endpoint', { cloud, endpoint, state: to, skewSeconds });
  write(store, transition).catch((err: unknown) =>
    log.error('a clock transition could not be reported', { cloud, endpoint, err }),
  );
}

async function write(
  store: Store,
  { cloud, endpoint, to, skewSeconds, atMs }: CloudClockTransition,
): Promise<void> {
  const isOff = to === 'out-of-sync';
  const state = isOff ? 'out_of_sync' : 'in_sync';
  await store.inTransaction(async (tx) => {
    const isNews = await tx.endpoints.transition({ endpoint, cloud, state, skewMs: skewSeconds * 1000 });
    if (!isNews) return;
    const event = administrativeEntry({
      id: mintId('evt'),
      subject: isOff ? 'cloud.clock-skew' : 'cloud.clock-in-sync',
      scope: 'gateway',
      atMs,
      details: { cloud, endpoint, skewSeconds },
    });
    await tx.outbox.append([event]);
  });
}

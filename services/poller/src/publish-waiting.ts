// Publishes what waits in the outbox, batch after batch. While the broker confirms one, the one before is marked and the
// next one is read; it is published when its predecessor is confirmed, so that order holds whatever is refused.
import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { Repositories, WaitingEvent } from '@cloud-gateway/store';

export interface PublishWaitingDeps {
  readonly outbox: Pick<Repositories['outbox'], 'listWaiting' | 'markPublished'>;
  readonly publisher: { publish(events: readonly OutgoingEvent[]): Promise<void> };
  readonly batchSize: number;
  /** Asked before each batch but the first. */
  readonly mayGoOn: () => Promise<boolean>;
  readonly onPublished?: ((count: number) => void) | undefined;
}

/** True when nothing waits any more; false when it was not allowed to go on. What it has published is marked. */
export async function publishWaiting(deps: PublishWaitingDeps): Promise<boolean> {
  const { outbox, batchSize, mayGoOn, onPublished } = deps;
  let batch: readonly WaitingEvent[] = await outbox.listWaiting(batchSize);
  let confirmed: readonly WaitingEvent[] = [];
  let isAllowed = true;
  while (batch.length > 0 && isAllowed) {
    const underWay = batch;
    const [next] = await both(readNext(deps, { confirmed, underWay }), deps.publisher.publish(underWay));
    onPublished?.(underWay.length);
    confirmed = underWay;
    batch = next;
    isAllowed = batch.length === 0 || (await mayGoOn());
  }
  await mark(outbox, confirmed);
  return isAllowed;
}

async function readNext(
  { outbox, batchSize }: PublishWaitingDeps,
  { confirmed, underWay }: { confirmed: readonly WaitingEvent[]; underWay: readonly WaitingEvent[] },
): Promise<readonly WaitingEvent[]> {
  await mark(outbox, confirmed);
  // Who has read less than a batch has read all there was: what came since can wait for the next turn.
  if (underWay.length < batchSize) return [];
  return outbox.listWaiting(batchSize, { except: underWay.map(({ outboxId }) => outboxId) });
}

async function mark(outbox: PublishWaitingDeps['outbox'], events: readonly WaitingEvent[]): Promise<void> {
  await outbox.markPublished(events.map(({ outboxId }) => outboxId));
}

/** Both have ended when it throws: nothing of this turn goes on beside the next one. */
async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

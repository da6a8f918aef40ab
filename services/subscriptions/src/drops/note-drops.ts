// Writes down which events the queues of subscriptions have dropped, and sees to it that their subscribers are told. What
// a subscriber has rejected itself is counted in the metrics only: it knows, and it is in its dead-letter queue.
import type { Clock } from '@cloud-gateway/clock';
import type { DroppedEvent } from '@cloud-gateway/messaging';
import type { Counter } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { z } from 'zod';
import type { DropNotices } from './drop-notices.ts';

export interface NoteDropsDeps {
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  readonly notices: Pick<DropNotices, 'noteLost' | 'noteNoticeLost'>;
  readonly droppedTotal: Counter<'reason'>;
}

/** Of a batch that comes a second time, because the store was away, some may be counted twice; none is left out. */
export async function noteDrops(deps: NoteDropsDeps, events: readonly DroppedEvent[]): Promise<void> {
  for (const [subscriptionId, dropped] of bySubscription(events)) {
    const read = dropped.filter(({ reason }) => reason !== 'rejected').map(readDropped);
    await noteLost(
      deps,
      subscriptionId,
      read.filter(({ isNotice }) => !isNotice),
    );
    for (const { isNotice, eventId } of read) {
      if (isNotice) deps.notices.noteNoticeLost(subscriptionId, eventId);
    }
  }
  for (const { reason } of events) deps.droppedTotal.inc({ reason });
}

async function noteLost(
  { store, clock, notices }: NoteDropsDeps,
  subscriptionId: string,
  lost: readonly ReadDropped[],
): Promise<void> {
  if (lost.length === 0) return;
  const lowest = lowestSequences(lost);
  await store.read.subscriptions.noteDropped(subscriptionId, {
    count: lost.length,
    lastAt: new Date(clock.nowMs()),
    accounts: [...lowest].map(([accountId, lowestSequence]) => ({ accountId, lowestSequence })),
  });
  notices.noteLost(subscriptionId, { count: lost.length, lowest });
}

function lowestSequences(lost: readonly ReadDropped[]): Map<string, number> {
  const lowest = new Map<string, number>();
  for (const { account, sequence } of lost) {
    // An event without a sequence tells of no change: there is nothing to synchronise for it.
    if (account === undefined || sequence === undefined) continue;
    lowest.set(account, Math.min(sequence, lowest.get(account) ?? Number.POSITIVE_INFINITY));
  }
  return lowest;
}

interface ReadDropped {
  readonly eventId: string;
  readonly isNotice: boolean;
  readonly account: string | undefined;
  readonly sequence: number | undefined;
}

const payloadSchema = z.object({
  account: z.string().optional(),
  sequence: z.int().optional(),
  subject: z.string().optional(),
});

function readDropped({ eventId, payload }: DroppedEvent): ReadDropped {
  const { account, sequence, subject } = payloadSchema.safeParse(parseJson(payload)).data ?? {};
  return { eventId, isNotice: subject === 'subscription.dropped', account, sequence };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever put it there, it is none of our events.
    return undefined;
  }
}

function bySubscription(events: readonly DroppedEvent[]): Map<string, DroppedEvent[]> {
  const groups = new Map<string, DroppedEvent[]>();
  for (const event of events) {
    const group = groups.get(event.subscriptionId);
    if (group) group.push(event);
    else groups.set(event.subscriptionId, [event]);
  }
  return groups;
}

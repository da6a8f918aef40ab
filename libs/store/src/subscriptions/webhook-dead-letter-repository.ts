// Events that a webhook has not taken after all attempts: whole, so that they can be posted again.
import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import type { PageRequest } from '../identity/page-request.ts';

export interface WebhookDeadLetter {
  /** Sorts by time. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly event: OutgoingEvent;
  readonly attempts: number;
  /** Null when there was no answer. */
  readonly lastStatus: number | null;
  readonly lastError: string;
  readonly at: Date;
}

export function createWebhookDeadLetterRepository(db: Knex) {
  const letters = (subscriptionId: string) =>
    db('webhook_dead_letters').where({ subscription_id: subscriptionId });

  async function countOf(rows: Knex.QueryBuilder): Promise<number> {
    const row: { count: number } | undefined = await rows.first({ count: db.raw('count(*)') });
    return row?.count ?? 0;
  }

  return {
    /** The same event again, as after a redelivery that failed too, takes the place of the first: the id stays. */
    async add(letter: WebhookDeadLetter): Promise<void> {
      const { event } = letter;
      await db('webhook_dead_letters')
        .insert({
          id: letter.id,
          subscription_id: letter.subscriptionId,
          event_id: event.id,
          routing_key: event.routingKey,
          type: event.type,
          source: event.source,
          subject: event.subject,
          time: new Date(event.time),
          payload: event.payload,
          attempts: letter.attempts,
          last_status: letter.lastStatus,
          last_error: letter.lastError.slice(0, 1024),
          at: letter.at,
        })
        .onConflict(['subscription_id', 'event_id'])
        .merge(['attempts', 'last_status', 'last_error', 'at']);
    },

    /** Oldest first. */
    async list(subscriptionId: string, { afterId = '', limit }: PageRequest): Promise<WebhookDeadLetter[]> {
      const rows = await letters(subscriptionId)
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .select<DeadLetterRow[]>(columns);
      return rows.map(toDeadLetter);
    },

    async find(subscriptionId: string, id: string): Promise<WebhookDeadLetter | undefined> {
      const row = await letters(subscriptionId).where({ id }).first<DeadLetterRow | undefined>(columns);
      return row && toDeadLetter(row);
    },

    /** Returns false when it is gone already. */
    async remove(subscriptionId: string, id: string): Promise<boolean> {
      return (await letters(subscriptionId).where({ id }).delete()) === 1;
    },

    count: (subscriptionId: string) => countOf(letters(subscriptionId)),

    countAll: () => countOf(db('webhook_dead_letters')),

    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('webhook_dead_letters')
        .where('at', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
        .orderBy('at')
        .limit(limit)
        .delete();
    },
  };
}

interface DeadLetterRow extends Omit<WebhookDeadLetter, 'event'>, Omit<OutgoingEvent, 'id' | 'time'> {
  readonly eventId: string;
  readonly time: Date;
}

const columns = {
  id: 'id',
  subscriptionId: 'subscription_id',
  eventId: 'event_id',
  routingKey: 'routing_key',
  type: 'type',
  source: 'source',
  subject: 'subject',
  time: 'time',
  payload: 'payload',
  attempts: 'attempts',
  lastStatus: 'last_status',
  lastError: 'last_error',
  at: 'at',
};

function toDeadLetter(row: DeadLetterRow): WebhookDeadLetter {
  const { eventId, routingKey, type, source, subject, time, payload, ...letter } = row;
  return {
    ...letter,
    event: { id: eventId, routingKey, type, source, subject, time: time.toISOString(), payload },
  };
}

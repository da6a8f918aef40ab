// Events by the ten thousand, in one transaction past the repositories: the relay sees all of them at once, or none.
import type { BenchDatabase } from '../../world/create-database.ts';
import { benchEvent } from './bench-event.ts';

export interface EventRange {
  /** Number of the first one; each number once in a database. */
  readonly from: number;
  readonly count: number;
}

export async function fillOutbox(database: BenchDatabase, { from, count }: EventRange): Promise<void> {
  await database.load('outbox', columns, lines(from, count));
}

const columns = '(event_id, account_id, routing_key, type, source, subject, time, sequence, payload)';

function* lines(from: number, count: number): Generator<string> {
  for (let n = from; n < from + count; n++) {
    const { id, accountId, routingKey, type, source, subject, time, sequence, payload } = benchEvent(n);
    const at = time.slice(0, 23).replace('T', ' ');
    yield `${[id, accountId, routingKey, type, source, subject, at, sequence, payload].join('\t')}\n`;
  }
}

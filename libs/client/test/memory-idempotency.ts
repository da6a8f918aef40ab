// An idempotency table in memory: enough for one responder.
import type { IdempotencyStore } from '@cloud-gateway/messaging';

type Stored = Parameters<IdempotencyStore['complete']>[1]['answer'];

export function createMemoryIdempotency(): IdempotencyStore {
  const rows = new Map<string, { owner: string | undefined; attempt: number; answer?: Stored }>();
  const rowOf = ({ clientId, key }: Parameters<IdempotencyStore['begin']>[0]) => {
    const id = `${clientId} ${key}`;
    const row = rows.get(id) ?? { owner: undefined, attempt: 0 };
    rows.set(id, row);
    return row;
  };
  return {
    begin(key, { owner }) {
      const row = rowOf(key);
      if (row.answer) return Promise.resolve({ state: 'stored', answer: row.answer });
      if (row.owner !== undefined) return Promise.resolve({ state: 'running' });
      row.owner = owner;
      row.attempt += 1;
      return Promise.resolve({ state: 'execute', attempt: row.attempt });
    },
    extend: (key, { owner }) => Promise.resolve(rowOf(key).owner === owner),
    complete(key, { answer }) {
      rowOf(key).answer = answer;
      return Promise.resolve();
    },
    release(key) {
      rowOf(key).owner = undefined;
      return Promise.resolve();
    },
  };
}

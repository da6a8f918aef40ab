// An idempotency table in memory: enough for tests of one process. The real one is in libs/store.
import type { ReplyEnvelope } from '@cloud-gateway/contracts';
import type { IdempotencyStore } from '../src/responder/idempotency-store.ts';

interface Row {
  readonly requestHash: string;
  attempt: number;
  owner: string | undefined;
  leasedUntilMs: number;
  answer: ReplyEnvelope | undefined;
}

export function createMemoryIdempotency(): IdempotencyStore {
  const rows = new Map<string, Row>();
  return {
    begin({ clientId, key }, { requestHash, owner, leaseMs }) {
      const id = `${clientId}/${key}`;
      const row = rows.get(id) ?? {
        requestHash,
        attempt: 0,
        owner: undefined,
        leasedUntilMs: 0,
        answer: undefined,
      };
      rows.set(id, row);
      if (row.requestHash !== requestHash) return Promise.resolve({ state: 'mismatch' });
      if (row.answer) return Promise.resolve({ state: 'stored', answer: row.answer });
      if (row.owner && row.leasedUntilMs > Date.now()) return Promise.resolve({ state: 'running' });
      Object.assign(row, { owner, leasedUntilMs: Date.now() + leaseMs, attempt: row.attempt + 1 });
      return Promise.resolve({ state: 'execute', attempt: row.attempt });
    },
    extend({ clientId, key }, { owner, leaseMs }) {
      const row = rows.get(`${clientId}/${key}`);
      if (row?.owner !== owner) return Promise.resolve(false);
      row.leasedUntilMs = Date.now() + leaseMs;
      return Promise.resolve(true);
    },
    complete({ clientId, key }, { owner, answer }) {
      const row = rows.get(`${clientId}/${key}`);
      if (row?.owner === owner) row.answer = answer;
      return Promise.resolve();
    },
    release({ clientId, key }, { owner }) {
      const row = rows.get(`${clientId}/${key}`);
      if (row?.owner === owner) row.owner = undefined;
      return Promise.resolve();
    },
  };
}

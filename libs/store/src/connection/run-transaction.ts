// Runs a function inside a transaction, again from its start when the server pushed the transaction aside.
import { GatewayError } from '@cloud-gateway/contracts';
import { retryDelayMs, sleep } from '@cloud-gateway/runtime';
import type { Knex } from 'knex';
import { isPushedAside } from './database-failure.ts';

const attempts = 6;

/** `work` must have no effect beside its statements: it may run several times. */
export async function runTransaction<T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (err) {
      if (!isPushedAside(err)) throw err;
      if (attempt === attempts) throw contended(err);
      await sleep(retryDelayMs({ attempt, baseMs: 20, maxMs: 500 }));
    }
  }
}

function contended(cause: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The database is too busy with the same rows just now',
    retryAfterMs: 1000,
    cause,
  });
}

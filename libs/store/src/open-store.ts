// Opens the store: one pool, the repositories bound to it, and transactions that hand out repositories of their own.
import type { Logger } from '@cloud-gateway/runtime';
import { type ConnectOptions, connect } from './connection/connect.ts';
import { runTransaction } from './connection/run-transaction.ts';
import { type MigrationProgress, migrate } from './migrations/migrate.ts';
import { createRepositories, type Repositories } from './repositories.ts';

export interface StoreOptions {
  /** `mysql://user:password@host:port/database` */
  readonly databaseUrl: string;
  readonly log: Logger;
  /** Connections at the most. Default: 10. */
  readonly poolMax?: number;
  /** How long a statement may wait for a free connection. Default: 5 s. */
  readonly acquireTimeoutMs?: number;
  /** How long one statement may take; its connection is given up after that. Default: 15 s. */
  readonly statementTimeoutMs?: number;
  /**
   * How long a transaction may go without a statement, as when its process is paused: then the server ends it, so that
   * its locks keep nobody waiting. MariaDB only. Default: 5 s.
   */
  readonly idleTransactionSeconds?: number;
}

export interface Store {
  /** Repositories bound to the pool: every statement stands for itself. */
  readonly read: Repositories;
  /**
   * Runs `work` with repositories that are bound to one transaction (READ COMMITTED). It is run again from its start
   * after a deadlock, so it must have no other effects. Throws GatewayError `unavailable` when that does not help.
   */
  inTransaction<T>(work: (tx: Repositories) => Promise<T>): Promise<T>;
  /** Brings the schema up to date; safe in several processes at once. Returns the ids of the steps that were run. */
  migrate(options?: { readonly report?: (progress: MigrationProgress) => void }): Promise<readonly string[]>;
  /** Throws GatewayError `unavailable` when the database does not answer. */
  ping(): Promise<void>;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Connects on first use: opening never fails for a database that is not there yet. */
export function openStore(options: StoreOptions): Store {
  const settings = toConnectOptions(options);
  const db = connect(settings);
  return {
    read: createRepositories(db),
    inTransaction: (work) => runTransaction(db, (trx) => work(createRepositories(trx))),
    migrate: ({ report } = {}) => migrateApart(settings, report),
    ping: async () => {
      await db.raw('select 1');
    },
    close: () => db.destroy(),
  };
}

function toConnectOptions(options: StoreOptions): ConnectOptions {
  const { databaseUrl, log, poolMax = 10, acquireTimeoutMs = 5000, statementTimeoutMs = 15_000 } = options;
  const { idleTransactionSeconds = 5 } = options;
  return {
    databaseUrl,
    log,
    poolMax,
    acquireTimeoutMs,
    connectTimeoutMs: acquireTimeoutMs,
    statementTimeoutMs,
    lockWaitSeconds: 5,
    idleTransactionSeconds,
  };
}

// On a connection of its own: building an index may take longer than any statement should.
async function migrateApart(settings: ConnectOptions, report?: (progress: MigrationProgress) => void) {
  const db = connect({ ...settings, poolMax: 1, statementTimeoutMs: 3_600_000 });
  try {
    return await migrate(db, { report });
  } finally {
    await db.destroy();
  }
}

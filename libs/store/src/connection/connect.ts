// Makes the pool. Every type that crosses it is fixed here: times are UTC, BIGINT and DECIMAL are numbers, JSON is parsed.
import type { Logger } from '@cloud-gateway/runtime';
import knex, { type Knex } from 'knex';
import { DeadlineClient, type DeadlineClientConfig } from './deadline-client.ts';

export interface ConnectOptions {
  /** `mysql://user:password@host:port/database` */
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly poolMax: number;
  /** How long a statement may wait for a free connection. */
  readonly acquireTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How long one statement may take. */
  readonly statementTimeoutMs: number;
  readonly lockWaitSeconds: number;
  /** How long a transaction may go without a statement before the server ends it, and its locks with it. */
  readonly idleTransactionSeconds: number;
}

export function connect(options: ConnectOptions): Knex {
  const config: DeadlineClientConfig = {
    client: DeadlineClient,
    connection: connectionSettings(options),
    pool: { min: 0, max: options.poolMax, propagateCreateError: true },
    acquireConnectionTimeout: options.acquireTimeoutMs,
    // Without values: they may be secrets.
    compileSqlOnError: false,
    log: knexLog(options.log),
    statementTimeoutMs: options.statementTimeoutMs,
    lockWaitSeconds: options.lockWaitSeconds,
    idleTransactionSeconds: options.idleTransactionSeconds,
  };
  return knex(config);
}

function connectionSettings({ databaseUrl, connectTimeoutMs }: ConnectOptions): Knex.MySql2ConnectionConfig {
  const url = new URL(databaseUrl);
  return {
    host: url.hostname,
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    decimalNumbers: true,
    connectTimeout: connectTimeoutMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
  };
}

// Knex reports a connection that could not be made here, and throws it as well: the caller decides what it means.
function knexLog(log: Logger): Knex.Logger {
  const say = (message: unknown) => log.debug('database driver', { detail: String(message) });
  return { warn: say, error: say, deprecate: say, debug: say };
}

// Knex' client for mysql2 with what every statement needs, at the one place that all of them pass, BEGIN and COMMIT
// too: sessions are set up alike, no statement lasts for ever, one that stands for itself is run again when another
// transaction has pushed it aside, an unreachable database has one error, and no error shows the values of a statement.
import { withDeadline } from '@cloud-gateway/runtime';
import type { Knex } from 'knex';
import MySql2Client, { type RawConnection } from 'knex/lib/dialects/mysql2/index.js';
import { isPushedAside, toDatabaseFailure } from './database-failure.ts';

export interface DeadlineClientConfig extends Knex.Config {
  readonly statementTimeoutMs: number;
  readonly lockWaitSeconds: number;
  readonly idleTransactionSeconds: number;
}

export class DeadlineClient extends MySql2Client {
  override async acquireRawConnection(): Promise<RawConnection> {
    const connection = await super.acquireRawConnection();
    try {
      for (const statement of sessionStatements(this.isMariaDB === true, settingsOf(this)))
        await run(connection, statement);
      return connection;
    } catch (err) {
      connection.destroy();
      throw err;
    }
  }

  override async acquireConnection(): Promise<RawConnection> {
    try {
      return await super.acquireConnection();
    } catch (err) {
      throw toDatabaseFailure(err);
    }
  }

  override async _query(connection: RawConnection, query: unknown): Promise<unknown> {
    // The server gives up first, if it still can: then the connection stays.
    const deadlineMs = settingsOf(this).statementTimeoutMs + 1000;
    // A connection whose answer is late is destroyed, not reused: the answer may still come, to the next question.
    const giveUp = () => {
      connection.destroy();
      return Object.assign(new Error('The statement did not end in time'), { code: 'STATEMENT_TIMEOUT' });
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await withDeadline(super._query(connection, query), deadlineMs, giveUp);
      } catch (err) {
        const standsForItself = connection.__knexTxId === undefined;
        if (standsForItself && isPushedAside(err) && attempt < attempts) continue;
        throw toDatabaseFailure(withoutStatement(err));
      }
    }
  }
}

const attempts = 3;

// mysql2 puts the statement into the error, with all values: secrets' hashes, sealed credentials, whole bodies.
function withoutStatement(err: unknown): unknown {
  if (err instanceof Error && 'sql' in err) delete err.sql;
  return err;
}

// Neither a field nor a private method: Knex makes the client of a transaction without calling the constructor, and gives it `config`.
function settingsOf(client: DeadlineClient): DeadlineClientConfig {
  return client.config as DeadlineClientConfig;
}

function sessionStatements(
  isMariaDb: boolean,
  { statementTimeoutMs, lockWaitSeconds, idleTransactionSeconds }: DeadlineClientConfig,
): readonly string[] {
  return [
    "set session time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
    `set session innodb_lock_wait_timeout = ${lockWaitSeconds}`,
    'set session transaction isolation level read committed',
    // The server itself gives up, so that an abandoned statement does not go on holding locks.
    isMariaDb
      ? `set session max_statement_time = ${statementTimeoutMs / 1000}`
      : `set session max_execution_time = ${statementTimeoutMs}`,
    // So that a process that was paused in the midst of a transaction keeps nobody waiting. MySQL has no such setting.
    ...(isMariaDb ? [`set session idle_transaction_timeout = ${idleTransactionSeconds}`] : []),
  ];
}

function run(connection: RawConnection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (err) => (err === null ? resolve() : reject(err)));
  });
}

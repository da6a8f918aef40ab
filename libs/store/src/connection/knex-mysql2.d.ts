// Knex types its clients loosely and does not type this file at all; only what deadline-client.ts uses is declared.
declare module 'knex/lib/dialects/mysql2/index.js' {
  import { Knex } from 'knex';

  export interface RawConnection {
    /** Set while the connection serves a transaction. */
    readonly __knexTxId?: string;
    query(sql: string, done: (err: Error | null) => void): void;
    destroy(): void;
  }

  export default class MySql2Client extends Knex.Client {
    isMariaDB?: boolean;
    acquireRawConnection(): Promise<RawConnection>;
    acquireConnection(): Promise<RawConnection>;
    _query(connection: RawConnection, query: unknown): Promise<unknown>;
  }
}

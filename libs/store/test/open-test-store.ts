// A store on a database of its own, migrated, for the tests of one file.

import { createTestDatabase, silentLog } from '@cloud-gateway/test-support';
import mysql from 'mysql2/promise';
import { openStore, type Store, type StoreOptions } from '../src/open-store.ts';

export interface TestStore {
  readonly store: Store;
  readonly databaseUrl: string;
  /** Runs a statement past the store. */
  execute(sql: string): Promise<unknown>;
  /** Ends every connection to the database from the server's side. */
  killConnections(): Promise<void>;
  close(): Promise<void>;
}

export async function openTestStore(
  options: Partial<StoreOptions> = {},
  { migrated = true } = {},
): Promise<TestStore> {
  const database = await createTestDatabase();
  const admin = await mysql.createConnection(database.url);
  const store = openStore({ databaseUrl: database.url, log: silentLog, ...options });
  if (migrated) await store.migrate();
  return {
    store,
    databaseUrl: database.url,
    execute: (sql) => admin.query(sql),
    killConnections: () => killConnections(admin),
    async close() {
      await store.close();
      await admin.end();
      await database.drop();
    },
  };
}

async function killConnections(admin: mysql.Connection): Promise<void> {
  const [rows] = await admin.query<mysql.RowDataPacket[]>(
    'select id from information_schema.processlist where db = database() and id <> connection_id()',
  );
  for (const { id } of rows) await admin.query(`kill ${Number(id)}`);
}

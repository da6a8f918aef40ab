// A database of its own for each test file: parallel-safe, and nothing to clean up inside it.
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { rememberOpen } from './left-open.ts';
import { testServers } from './test-servers.ts';

export type TestDatabase = { url: string; drop(): Promise<void> };

/** Makes an empty database on the run's server. Not dropped by the end of the run: the run fails. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { databaseUrl } = await testServers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(databaseUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);

  const url = new URL(databaseUrl);
  url.pathname = name;
  const remove = () => execute(databaseUrl, `DROP DATABASE IF EXISTS ${name}`);
  const forget = rememberOpen(`database ${name}`, remove);
  return {
    url: url.href,
    drop: async () => {
      await remove();
      forget();
    },
  };
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

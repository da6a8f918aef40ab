// A database of its own on a private server, and statements to it that no repository has.
import { Readable } from 'node:stream';
import { createConnection } from 'mysql2/promise';

export interface BenchDatabase {
  readonly url: string;
  /** Gives the rows of the last statement. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Inserts lines whose fields are parted by tabs. Nothing in them is escaped. */
  load(table: string, columns: string, lines: Iterable<string>): Promise<void>;
  close(): Promise<void>;
}

/** Makes an empty database; `serverUrl` is that of any database of the server. */
export async function createDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  const url = new URL(serverUrl);
  url.pathname = name;
  const server = await createConnection(serverUrl);
  try {
    await server.query(`create database ${name} character set utf8mb4`);
  } finally {
    await server.end();
  }
  const connection = await createConnection({ uri: url.href, flags: ['+LOCAL_FILES'] });
  return {
    url: url.href,
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      const [rows] = await connection.query(sql, [...values]);
      return rows as Row[]; // Whoever wrote the statement knows its columns.
    },
    async load(table, columns, lines) {
      await connection.query({
        sql: `load data local infile 'lines' into table ${table} fields terminated by '\\t' escaped by '' ${columns}`,
        infileStreamFactory: () => Readable.from(bytesOf(lines)),
      });
    },
    close: () => connection.end(),
  };
}

function* bytesOf(texts: Iterable<string>): Generator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

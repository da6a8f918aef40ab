// How many rows were written, table by table, as the server itself counts them.
import type { BenchDatabase } from '../../world/create-database.ts';
import { countedTables, type RowsWritten } from '../run/sample.ts';

/** MariaDB counts rows by table when it is told to: `userstat`. */
export async function countRows(database: BenchDatabase): Promise<void> {
  await database.query('set global userstat = 1');
}

export async function rowsWritten(database: BenchDatabase): Promise<RowsWritten> {
  const rows = await database.query<{ name: string; count: number }>(
    `select table_name as name, cast(rows_changed as signed) as count
     from information_schema.table_statistics where table_schema = database()`,
  );
  const counts = new Map(rows.map(({ name, count }) => [name, Number(count)]));
  return byTable((table) => counts.get(table) ?? 0);
}

export function rowsBetween(before: RowsWritten, after: RowsWritten): RowsWritten {
  return byTable((table) => after[table] - before[table]);
}

function byTable(of: (table: (typeof countedTables)[number]) => number): RowsWritten {
  return Object.fromEntries(countedTables.map((table) => [table, of(table)])) as Record<
    (typeof countedTables)[number],
    number
  >;
}

// Simulates a cut: the database server ends every connection to one database, in the midst of whatever it does.
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** Ends all connections to the database that the URL names; returns how many. */
export async function closeDatabaseConnections(databaseUrl: string): Promise<number> {
  const url = new URL(databaseUrl);
  const database = url.pathname.slice(1);
  url.pathname = ''; // So that this one is not among them.
  const connection = await createConnection(url.href);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT id FROM information_schema.processlist WHERE db = ?',
      [database],
    );
    for (const { id } of rows) {
      // One may have ended by itself meanwhile.
      await connection.query('KILL CONNECTION ?', [id]).catch(() => undefined);
    }
    return rows.length;
  } finally {
    await connection.end();
  }
}

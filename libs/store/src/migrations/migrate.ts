// Brings the schema up to date. Any number of processes may call it at once: one works, the others wait for it.
import { randomUUID } from 'node:crypto';
import { GatewayError } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import type { Knex } from 'knex';
import { allMigrations } from './all-migrations.ts';
import type { Migration, PiecewiseStatement } from './migration.ts';

export interface MigrationProgress {
  readonly id: string;
  /** Counts from 1. */
  readonly step: number;
  readonly steps: number;
}

interface MigrateOptions {
  /** Called before each step that is run. */
  readonly report?: ((progress: MigrationProgress) => void) | undefined;
  readonly migrations?: readonly Migration[];
}

/** Runs the steps that this database has not seen, and returns their ids. */
export async function migrate(db: Knex, options: MigrateOptions = {}): Promise<readonly string[]> {
  const { report, migrations = allMigrations } = options;
  const owner = randomUUID();
  await createOwnTables(db);
  await takeLock(db, owner);
  try {
    return await runPending({ db, owner, migrations, report });
  } finally {
    await db('schema_lock').where({ id: 1, owner }).update({ owner: null });
  }
}

async function createOwnTables(db: Knex): Promise<void> {
  await db.raw(`
    create table if not exists schema_migrations (
      id varchar(64) character set ascii not null primary key,
      applied_at datetime(3) not null
    )`);
  await db.raw(`
    create table if not exists schema_lock (
      id tinyint not null primary key,
      owner char(36) character set ascii null,
      leased_until datetime(3) not null
    )`);
  await db.raw('insert ignore into schema_lock (id, owner, leased_until) values (1, null, utc_timestamp(3))');
}

// A lease and not GET_LOCK: that one is known to a single node of a cluster only. Whoever dies while holding it
// delays the next by a minute.
async function takeLock(db: Knex, owner: string): Promise<void> {
  const giveUpAtMs = Date.now() + lockWaitMs;
  while (!(await extendLock(db, owner))) {
    if (Date.now() > giveUpAtMs) {
      throw new GatewayError('unavailable', { message: 'Another process is still migrating the database' });
    }
    await sleep(100);
  }
}

async function extendLock(db: Knex, owner: string): Promise<boolean> {
  const taken = await db('schema_lock')
    .where({ id: 1 })
    .andWhere((free) => {
      void free.whereNull('owner').orWhere({ owner }).orWhereRaw('leased_until < utc_timestamp(3)');
    })
    .update({ owner, leased_until: db.raw('utc_timestamp(3) + interval 60 second') });
  return taken === 1;
}

const lockWaitMs = 180_000;

async function runPending(run: {
  db: Knex;
  owner: string;
  migrations: readonly Migration[];
  report: MigrateOptions['report'];
}): Promise<readonly string[]> {
  const { db, owner, migrations, report } = run;
  const applied = new Set<string>(await db('schema_migrations').pluck('id'));
  const pending = migrations.filter(({ id }) => !applied.has(id));
  for (const [index, { id, statements }] of pending.entries()) {
    report?.({ id, step: index + 1, steps: pending.length });
    if (!(await extendLock(db, owner))) throw new Error(`lost the lock of the schema before ${id}`);
    for (const statement of statements) {
      if (typeof statement === 'string') await runStatement(db, statement);
      else await runPiecewise(db, owner, statement);
    }
    await db.raw('insert ignore into schema_migrations (id, applied_at) values (?, utc_timestamp(3))', [id]);
  }
  return pending.map(({ id }) => id);
}

// MySQL has no `add column if not exists`; an ALTER TABLE is done whole or not at all.
async function runStatement(db: Knex, statement: string): Promise<void> {
  try {
    await db.raw(statement);
  } catch (err) {
    if (!isThereAlready(err)) throw err;
  }
}

const pieceSize = 5_000;

async function runPiecewise(db: Knex, owner: string, { table, sql }: PiecewiseStatement): Promise<void> {
  const { lowest, highest } = (await db(table).min('id as lowest').max('id as highest').first()) ?? {};
  if (typeof lowest !== 'number' || typeof highest !== 'number') return;
  for (let first = lowest; first <= highest; first += pieceSize) {
    // All of it may take longer than the lock is leased for.
    if (!(await extendLock(db, owner)))
      throw new Error(`lost the lock of the schema while changing ${table}`);
    await db.raw(sql, { first, last: Math.min(highest, first + pieceSize - 1) });
  }
}

// ER_DUP_FIELDNAME, ER_DUP_KEYNAME
function isThereAlready(err: unknown): boolean {
  const errno = (err as { errno?: unknown } | null)?.errno;
  return errno === 1060 || errno === 1061;
}

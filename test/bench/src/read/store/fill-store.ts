// Rows by the hundred thousand, past the repositories: a million polled ones would take the better part of an hour. Each
// row is what a poll would have written, and the schedule says that everything was listed just now.
import { createHash } from 'node:crypto';
import type { Store } from '@cloud-gateway/store';
import type { BenchDatabase } from '../../world/create-database.ts';
import { benchBody } from './bench-body.ts';
import { accountNumbers, type Identity, identityOf, regions } from './bench-store.ts';

/** Into a migrated database without resources. */
export async function fillStore(database: BenchDatabase, store: Store, rows: number): Promise<void> {
  // What is asked again and again has to fit, or the sizes of the stores would only tell how slow the disk is.
  await database.query('set global innodb_buffer_pool_size = 1024 * 1024 * 1024');
  await fillSchedule(database, store);
  // Rows in the order of their key, and the other keys when all rows are there: a fraction of the time.
  const numbers = Array.from({ length: rows }, (_, n) => n);
  const ids = numbers.map((n) => identityOf(n).id);
  numbers.sort((a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1));
  const addKeys = await dropKeys(database, 'resources');
  await database.load('resources', resourceColumns, resourceLines(numbers));
  await addKeys();
  const addTagKeys = await dropKeys(database, 'resource_tags');
  await database.load('resource_tags', tagColumns, tagLines(rows));
  await addTagKeys();
  await database.query('analyze table resources, resource_tags');
}

async function fillSchedule(database: BenchDatabase, store: Store): Promise<void> {
  const createdAt = new Date();
  for (const number of accountNumbers) {
    await store.read.accounts.ensure({
      id: `ec2-${number}`,
      cloud: 'ec2',
      cloudAccountId: number,
      createdAt,
    });
  }
  await store.read.pollUnits.ensure(
    accountNumbers.flatMap((number) =>
      regions.flatMap((region) =>
        groups.map((group) => ({
          ...{ cloud: 'ec2', accountId: `ec2-${number}`, region, intervalMs: 30_000, firstInMs: 30_000 },
          ...group,
        })),
      ),
    ),
  );
  await database.query('update poll_units set listed_at = now(3), fully_listed_at = now(3)');
}

const groups = [
  { group: 'instances', types: ['instance'] },
  { group: 'volumes', types: ['volume', 'volume-attachment'] },
] as const;

const resourceColumns = `(id, cloud, account_id, region, type, cloud_id, name, state, raw_state, owner, visibility,
  tag_count, body, @hash, revision, sequence, first_seen_at, updated_at, observed_at) set hash = unhex(@hash)`;

function* resourceLines(numbers: readonly number[]): Generator<string> {
  let lines = '';
  for (const [index, n] of numbers.entries()) {
    lines += resourceLine(n);
    if (index % 200 < 199 && index < numbers.length - 1) continue;
    yield lines;
    lines = '';
  }
}

function resourceLine(n: number): string {
  const { id, account, region, type, cloudId } = identityOf(n);
  const body = benchBody({ id, account, region, type, cloudId }, n);
  const json = JSON.stringify(body);
  const hash = createHash('sha256').update(json).digest('hex');
  const at = new Date(Date.UTC(2026, 0, 2) + n * 1_000).toISOString().slice(0, 23).replace('T', ' ');
  const text = [id, 'ec2', account, region, type, cloudId, body.name, body.state, body.rawState, body.owner];
  const rest = [body.visibility, Object.keys(body.tags).length, json, hash, 1, n + 1, at, at, at];
  return `${[...text, ...rest].join('\t')}\n`;
}

const tagColumns = '(account_id, type, tag_key, tag_value, cloud_id, resource_id)';

// Each account's rows of one type and tag together: near enough to the order of their key.
function* tagLines(rows: number): Generator<string> {
  for (const [offset] of accountNumbers.entries()) {
    const identities: { identity: Identity; tags: Readonly<Record<string, string>> }[] = [];
    for (let n = offset; n < rows; n += accountNumbers.length) {
      const identity = identityOf(n);
      identities.push({ identity, tags: benchBody(identity, n).tags });
    }
    for (const type of ['instance', 'volume']) {
      for (const key of ['Name', 'cost-center', 'project', 'stage']) {
        const lines = identities
          .filter(({ identity }) => identity.type === type)
          .map(({ identity: { account, cloudId, id }, tags }) =>
            [account, type, key, tags[key], cloudId, id].join('\t'),
          )
          .sort();
        for (let start = 0; start < lines.length; start += 1_000)
          yield `${lines.slice(start, start + 1_000).join('\n')}\n`;
      }
    }
  }
}

/** Drops all keys but the primary one; gives what makes them again. */
async function dropKeys(database: BenchDatabase, table: string): Promise<() => Promise<void>> {
  const parts = await database.query<{ name: string; key_columns: string }>(
    `select index_name as name, group_concat(column_name order by seq_in_index) as key_columns
     from information_schema.statistics
     where table_schema = database() and table_name = ? and index_name <> 'PRIMARY' group by index_name`,
    [table],
  );
  if (parts.length === 0) return async () => undefined;
  await database.query(`alter table ${table} ${parts.map(({ name }) => `drop key ${name}`).join(', ')}`);
  return async () => {
    const added = parts.map(({ name, key_columns: columns }) => `add key ${name} (${columns})`);
    await database.query(`alter table ${table} ${added.join(', ')}`);
  };
}

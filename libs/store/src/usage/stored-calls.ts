// Calls on their way into the database: a whole batch is one JSON text in one statement, because building a statement
// of 20,000 values costs the proxy more than all the rest of a usage record.
import type { Knex } from 'knex';
import type { UsageCall } from './usage-call.ts';

/** Stores the calls. One statement. */
export async function insertCalls(db: Knex, calls: readonly UsageCall[]): Promise<void> {
  const rows = calls.map((call) => [
    call.id,
    call.at.getTime(),
    cut(call.organizationId, 64),
    cut(call.environmentId, 64),
    cut(call.accessRequestId, 64),
    cut(call.accessKeyId, 32),
    cut(call.userId, 64),
    call.service && cut(call.service, 64),
    call.region && cut(call.region, 64),
    call.action && cut(call.action, 128),
    cut(call.method, 16),
    cut(call.host, 255),
    call.status,
    call.outcome,
    call.refusal && cut(call.refusal, 255),
    call.bytesIn,
    call.bytesOut,
    call.durationMs,
    call.cloudRequestId && cut(call.cloudRequestId, 255),
    cut(call.clientAddress, 64),
  ]);
  await db.raw(insertCallsSql, [toJson(rows)]);
}

/** Adds the calls to the sums of their hours. One statement. */
export async function addToHours(db: Knex, calls: readonly UsageCall[]): Promise<void> {
  await db.raw(addToHoursSql, [toJson(sumByHour(calls))]);
}

// In the order of the primary key: two processes that add to the same rows wait for each other, and do not deadlock.
function sumByHour(calls: readonly UsageCall[]): readonly HourRow[] {
  const rows = new Map<string, HourRow>();
  for (const call of calls) {
    const hour = Math.floor(call.at.getTime() / 3_600_000);
    const service = cut(call.service ?? '', 64);
    const region = cut(call.region ?? '', 64);
    const action = cut(call.action ?? '', 128);
    const key = `${call.organizationId}\n${hour}\n${call.accessKeyId}\n${service}\n${region}\n${action}`;
    let row = rows.get(key);
    if (row === undefined) {
      const { organizationId, accessKeyId, environmentId, accessRequestId, userId } = call;
      row = [
        hour,
        cut(organizationId, 64),
        cut(accessKeyId, 32),
        service,
        region,
        action,
        cut(environmentId, 64),
        cut(accessRequestId, 64),
        cut(userId, 64),
        0,
        0,
        0,
        0,
        0,
        0,
      ];
      rows.set(key, row);
    }
    row[9] += 1;
    row[10] += call.outcome === 'refused' ? 1 : 0;
    row[11] += hasFailed(call) ? 1 : 0;
    row[12] += call.bytesIn;
    row[13] += call.bytesOut;
    row[14] += call.durationMs;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

type HourRow = [
  hour: number,
  organizationId: string,
  accessKeyId: string,
  service: string,
  region: string,
  action: string,
  environmentId: string,
  accessRequestId: string,
  userId: string,
  calls: number,
  refused: number,
  failed: number,
  bytesIn: number,
  bytesOut: number,
  durationMs: number,
];

/** Answered 4xx or 5xx by the cloud, or not at all. */
function hasFailed({ outcome, status }: UsageCall): boolean {
  return outcome === 'failed' || (outcome === 'answered' && status >= 400);
}

function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : text.slice(0, lengthMax);
}

// As a text, not as bytes: the driver would write those in hexadecimal, and sending is most of what a batch costs.
// Half a surrogate pair (a cut one, or one that a caller sent) is not JSON to the database: JSON.stringify writes
// it, and it alone, as \ud….
function toJson(rows: unknown): string {
  const json = JSON.stringify(rows);
  if (!json.includes('\\ud')) return json;
  return json.replaceAll(/(?<!\\)((?:\\\\)*)\\ud[0-9a-f]{3}/g, '$1\ufffd');
}

const id = "varchar(64) character set utf8mb4 path '$[n]'";
const text = "varchar(255) character set utf8mb4 path '$[n]'";
const count = "bigint unsigned path '$[n]'";

const callColumns = {
  id,
  at: "bigint path '$[n]'",
  organization_id: id,
  environment_id: id,
  access_request_id: id,
  access_key_id: id,
  user_id: id,
  service: text,
  region: text,
  action: text,
  method: text,
  host: text,
  status: count,
  outcome: text,
  refusal: text,
  bytes_in: count,
  bytes_out: count,
  duration_ms: "double path '$[n]'",
  cloud_request_id: text,
  client_address: text,
};

const hourColumns = {
  hour: "bigint path '$[n]'",
  organization_id: id,
  access_key_id: id,
  service: text,
  region: text,
  action: text,
  environment_id: id,
  access_request_id: id,
  user_id: id,
  calls: count,
  refused: count,
  failed: count,
  bytes_in: count,
  bytes_out: count,
  duration_ms: "double path '$[n]'",
};

const epoch = "timestamp '1970-01-01 00:00:00'";

const insertCallsSql = insertFromJson('usage_calls', callColumns, {
  at: `${epoch} + interval (item.at * 1000) microsecond`,
});

const sums = ['calls', 'refused', 'failed', 'bytes_in', 'bytes_out', 'duration_ms'];
const addToHoursSql = `${insertFromJson('usage_hours', hourColumns, { hour: `${epoch} + interval item.hour hour` })}
  on duplicate key update ${sums.map((sum) => `${sum} = usage_hours.${sum} + values(${sum})`).join(', ')}`;

/** Takes a JSON list of lists; `columns` says where each column is in them. */
function insertFromJson(
  table: string,
  columns: Readonly<Record<string, string>>,
  expressions: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(columns);
  const paths = Object.entries(columns).map(([name, type], n) => `${name} ${type.replace('[n]', `[${n}]`)}`);
  const values = names.map((name) => expressions[name] ?? `item.${name}`);
  return `insert into ${table} (${names.join(', ')}) select ${values.join(', ')}
    from json_table(?, '$[*]' columns (${paths.join(', ')})) as item`;
}

// How often each key was called in a minute, over all proxies.
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';

export interface CallCount {
  readonly accessKeyId: string;
  readonly service: string;
  readonly calls: number;
}

export async function addCallCounts(db: Knex, minute: Date, counts: readonly CallCount[]): Promise<void> {
  const rows = counts.map(({ accessKeyId, service, calls }) => ({
    minute,
    access_key_id: accessKeyId,
    service: service.slice(0, 64),
    calls,
  }));
  // In one order everywhere, so that processes wait for each other instead of meeting in a deadlock.
  rows.sort((a, b) => (`${a.access_key_id} ${a.service}` < `${b.access_key_id} ${b.service}` ? -1 : 1));
  for (const batch of inBatches(rows, rowsPerStatement)) {
    await db('call_counts')
      .insert([...batch])
      .onConflict()
      .merge({ calls: db.raw('call_counts.calls + values(calls)') });
  }
}

export async function readCallCounts(
  db: Knex,
  minute: Date,
  accessKeyIds: readonly string[],
): Promise<CallCount[]> {
  const found: CallCount[] = [];
  for (const batch of inBatches(accessKeyIds, rowsPerStatement)) {
    const rows = db('call_counts').where({ minute }).whereIn('access_key_id', batch);
    found.push(...(await rows.select<CallCount[]>(columns)));
  }
  return found;
}

const rowsPerStatement = 500;

const columns = { accessKeyId: 'access_key_id', service: 'service', calls: 'calls' };

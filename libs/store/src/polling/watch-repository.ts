// What is looked at by its id every few seconds, between two listings: the outcome of a change that was made through us.
// All times are the database's own.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { NewWatch, WatchGroup, WatchReport } from './watch.ts';

export interface LeaseWatchesOptions {
  readonly owner: string;
  readonly leaseMs: number;
  /** How many groups. */
  readonly limit: number;
  readonly clouds: readonly string[];
}

const rowsPerInsert = 200;
/** Per group: what one call to a cloud takes. */
const watchesPerGroup = 100;

export function createWatchRepository(db: Knex) {
  const inMs = (ms: number) => db.raw('now(3) + interval ? microsecond', [Math.round(ms * 1000)]);
  const placeOf = ({ accountId, region, type }: Place) =>
    db('watches').where({ account_id: accountId, region, type });
  /** The rows of the group whose lease is still this one. */
  const held = (group: WatchGroup) =>
    placeOf(group).where((any) => {
      for (const { cloudId, epoch } of group.watches) any.orWhere({ cloud_id: cloudId, epoch });
    });

  return {
    /**
     * Adds watches. One that is there already begins anew: what it has seen so far was before the new change, and who
     * looks at it now can no longer end it. In a transaction, call it before applyChanges(): who looks holds the watch
     * first and the account second.
     */
    async add(watches: readonly NewWatch[]): Promise<void> {
      for (const batch of inBatches(watches, rowsPerInsert)) {
        await db('watches')
          .insert(
            batch.map((watch) => ({
              ...placeColumns(watch),
              cloud: watch.cloud,
              cloud_id: watch.cloudId,
              next_at: inMs(watch.firstInMs),
              until_at: inMs(watch.forMs),
            })),
          )
          .onConflict(['account_id', 'region', 'type', 'cloud_id'])
          .merge({
            next_at: db.raw('least(next_at, values(next_at))'),
            until_at: db.raw('greatest(until_at, values(until_at))'),
            stable_looks: 0,
            owner: null,
            leased_until: null,
            epoch: db.raw('epoch + 1'),
          });
      }
    },

    /**
     * Takes due watches that nobody looks at, the longest due groups first. Call it in a transaction: two callers at
     * once get different ones and do not wait for each other.
     */
    async leaseDue({ owner, leaseMs, limit, clouds }: LeaseWatchesOptions): Promise<WatchGroup[]> {
      const rows: WatchRow[] = await db('watches')
        .where('next_at', '<=', db.fn.now(3))
        .whereIn('cloud', clouds)
        .where((free) => {
          void free.whereNull('leased_until').orWhere('leased_until', '<', db.fn.now(3));
        })
        .orderBy('next_at')
        .limit(limit * watchesPerGroup)
        .forUpdate()
        .skipLocked()
        .select([...columns, db.raw('now(3) as now')]);
      const groups = toGroups(rows).slice(0, limit);
      for (const group of groups) {
        await placeOf(group)
          .whereIn(
            'cloud_id',
            group.watches.map(({ cloudId }) => cloudId),
          )
          .update({ owner, leased_until: inMs(leaseMs), epoch: db.raw('epoch + 1') });
      }
      return groups;
    },

    /**
     * Tells which watches of the group are still this lease's, and keeps anybody from taking them until the
     * transaction ends. What a look has found is written after this only, and of these only.
     */
    async hold(group: WatchGroup): Promise<ReadonlySet<string>> {
      if (group.watches.length === 0) return new Set();
      return new Set<string>(await held(group).forUpdate().pluck('cloud_id'));
    },

    /** Notes what the look has found and gives the lease back. What has ended, or has no time left, goes. */
    async report(group: WatchGroup, { nextInMs, stable, ended }: WatchReport): Promise<void> {
      if (group.watches.length === 0) return;
      await held(group)
        .where((over) => {
          void over.whereIn('cloud_id', ended).orWhere('until_at', '<=', db.fn.now(3));
        })
        .delete();
      const stableLooks =
        stable.length === 0
          ? 0
          : db.raw(`if(cloud_id in (${stable.map(() => '?').join(', ')}), stable_looks + 1, 0)`, [...stable]);
      await held(group).update({
        stable_looks: stableLooks,
        next_at: inMs(nextInMs),
        owner: null,
        leased_until: null,
      });
    },

    async count(): Promise<number> {
      const row = await db('watches').first({ count: db.raw('count(*)') });
      return row?.count ?? 0;
    },

    /** Deletes those whose time was over longer ago: of clouds that nobody looks at any more. At most `limit` rows. */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('watches')
        .where('until_at', '<', inMs(-olderThanMs))
        .orderBy('until_at')
        .limit(limit)
        .delete();
    },
  };
}

type Place = Pick<WatchGroup, 'accountId' | 'region' | 'type'>;

interface WatchRow {
  readonly cloud: string;
  readonly account_id: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly cloud_id: string;
  readonly epoch: number;
  readonly stable_looks: number;
  readonly until_at: Date;
  readonly now: Date;
}

const columns = [
  'cloud',
  'account_id',
  'region',
  'type',
  'cloud_id',
  'epoch',
  'stable_looks',
  'until_at',
] as const;

function placeColumns({ accountId, region, type }: Place) {
  return { account_id: accountId, region, type };
}

function toGroups(rows: readonly WatchRow[]): WatchGroup[] {
  const byPlace = new Map<string, WatchRow[]>();
  for (const row of rows) {
    const place = `${row.account_id} ${row.region} ${row.type}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), row]);
  }
  return [...byPlace.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        cloud: first.cloud,
        accountId: first.account_id,
        region: first.region,
        type: first.type,
        startedAtMs: first.now.getTime(),
        watches: group.slice(0, watchesPerGroup).map((row) => ({
          cloudId: row.cloud_id,
          epoch: row.epoch + 1,
          stableLooks: row.stable_looks,
          until: row.until_at,
          isOver: row.until_at <= row.now,
        })),
      },
    ];
  });
}

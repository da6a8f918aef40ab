// Subscriptions to events: what is wanted, what is bound, what was lost. The database is the truth; the broker's queues
// and bindings are made equal to it. Every write may be repeated.
import type { SubscriptionDelivery, SubscriptionState } from '@cloud-gateway/contracts';
import { subscriptionStates } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { groupBy } from '../group-by.ts';
import type { PageRequest } from '../identity/page-request.ts';
import { inBatches } from '../in-batches.ts';
import type { NewSubscription, Subscription } from './subscription.ts';
import { findDifferences } from './subscription-differences.ts';
import {
  accountColumns,
  type SubscriptionAccountRow,
  type SubscriptionRow,
  subscriptionColumns,
  toRow,
  toSubscription,
} from './subscription-row.ts';

const rowsPerInsert = 100;

export function createSubscriptionRepository(db: Knex) {
  const living = () => db('subscriptions').whereNot({ state: 'ended' });
  const accountRow = (id: string, accountId: string) =>
    db('subscription_accounts').where({ subscription_id: id, account_id: accountId });

  async function withAccounts(rows: readonly SubscriptionRow[]): Promise<Subscription[]> {
    if (rows.length === 0) return [];
    const accounts: SubscriptionAccountRow[] = await db('subscription_accounts')
      .whereIn(
        'subscription_id',
        rows.map(({ id }) => id),
      )
      .orderBy(['subscription_id', 'account_id'])
      .select(accountColumns);
    const bySubscription = groupBy(accounts, ({ subscriptionId }) => subscriptionId);
    return rows.map((row) => toSubscription(row, bySubscription.get(row.id) ?? []));
  }

  async function count({ clientId }: { readonly clientId: string }): Promise<number> {
    const row = await living()
      .where({ client_id: clientId })
      .first({ count: db.raw('count(*)') });
    return row?.count ?? 0;
  }

  return {
    /** In a transaction. */
    async create(subscription: NewSubscription): Promise<void> {
      await db('subscriptions').insert(toRow(subscription));
      for (const batch of inBatches(subscription.accounts, rowsPerInsert)) {
        await db('subscription_accounts').insert(
          batch.map(({ accountId, cloud, replay }) => ({
            subscription_id: subscription.id,
            account_id: accountId,
            cloud,
            sequence: replay?.sequence ?? null,
            replay_start: replay?.afterId ?? null,
            replayed_to: replay?.afterId ?? null,
          })),
        );
      }
    },

    /** Ended ones are not found. */
    async find(id: string): Promise<Subscription | undefined> {
      const rows = await living().where({ id }).select<SubscriptionRow[]>(subscriptionColumns);
      return (await withAccounts(rows))[0];
    },

    /** Of a client, or of an organization; by id. */
    async list({
      clientId,
      organizationId,
      afterId = '',
      limit,
    }: PageRequest & {
      readonly clientId?: string | undefined;
      readonly organizationId?: string | undefined;
    }): Promise<Subscription[]> {
      const rows = living().where('id', '>', afterId).orderBy('id').limit(limit);
      if (clientId !== undefined) rows.where({ client_id: clientId });
      if (organizationId !== undefined) rows.where({ organization_id: organizationId });
      return withAccounts(await rows.select<SubscriptionRow[]>(subscriptionColumns));
    },

    /** In a transaction: until it ends, whoever else counts the subscriptions of this client so waits. */
    async countLocked(clientId: string): Promise<number> {
      await db('clients').where({ id: clientId }).forUpdate().first('id');
      return count({ clientId });
    },

    count,

    /** By id. */
    async listByState(
      state: SubscriptionState,
      { afterId = '', limit }: PageRequest,
    ): Promise<Subscription[]> {
      return withAccounts(
        await db('subscriptions')
          .where({ state })
          .where('id', '>', afterId)
          .orderBy('id')
          .limit(limit)
          .select<SubscriptionRow[]>(subscriptionColumns),
      );
    },

    /** Of those that are at work. By an index that has all of it: it is asked every few seconds. */
    async listWebhookIds(): Promise<string[]> {
      return db('subscriptions')
        .where({ delivery_kind: 'webhook' })
        .whereIn('state', ['replaying', 'joining', 'active'])
        .pluck('id');
    },

    async countByState(): Promise<Record<SubscriptionState, number>> {
      const rows: { state: SubscriptionState; count: number }[] = await living()
        .groupBy('state')
        .select('state', { count: db.raw('count(*)') });
      const counts = new Map(rows.map(({ state, count }) => [state, count]));
      return Object.fromEntries(subscriptionStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
        SubscriptionState,
        number
      >;
    },

    /** False when it is in none of the states `from`. What is suspended is not replayed any more. */
    async setState(
      id: string,
      { from, to }: { readonly from: readonly SubscriptionState[]; readonly to: SubscriptionState },
    ): Promise<boolean> {
      const changed = await db('subscriptions')
        .where({ id })
        .whereIn('state', from)
        .update({ state: to, ...(to === 'suspended' && { suspended_at: db.fn.now(3) }) });
      if (changed === 1 && to === 'suspended') await forgetReplay(db, id);
      return changed === 1;
    },

    /** After the broker has the bindings: `sequence` is the account's, read after that. Makes the row if there is none. */
    async markBound(
      id: string,
      {
        accountId,
        cloud,
        sequence,
      }: { readonly accountId: string; readonly cloud: string; readonly sequence: number },
    ): Promise<void> {
      const bound = { bound: 1, withdrawn: 0, sequence, replayed_to: null };
      await db('subscription_accounts')
        .insert({ subscription_id: id, account_id: accountId, cloud, ...bound })
        .onConflict(['subscription_id', 'account_id'])
        .merge(bound);
    },

    /** The grant is gone. Changes after `lostFrom` may not have been delivered. */
    async markUnbound(
      id: string,
      { accountId, lostFrom }: { readonly accountId: string; readonly lostFrom: number },
    ): Promise<void> {
      await accountRow(id, accountId).update({
        bound: 0,
        withdrawn: 1,
        replayed_to: null,
        lost_from: lowerOf(db, lostFrom),
      });
    },

    /** Notes how far stored events are in the queue. Never goes back. */
    async moveReplayed(
      id: string,
      cursors: readonly { readonly accountId: string; readonly replayedTo: number }[],
    ): Promise<void> {
      for (const { accountId, replayedTo } of cursors) {
        await accountRow(id, accountId)
          .where('replayed_to', '<', replayedTo)
          .update({ replayed_to: replayedTo });
      }
    },

    /**
     * All stored events are in the queue, and it is bound to these accounts: in a transaction, `joining` becomes
     * `active`. False when it is not `joining` any more. What was withdrawn in the meantime stays unbound.
     */
    async activate(id: string, accountIds: readonly string[]): Promise<boolean> {
      const changed = await db('subscriptions').where({ id, state: 'joining' }).update({ state: 'active' });
      if (changed === 0) return false;
      await db('subscription_accounts')
        .where({ subscription_id: id })
        .whereIn('account_id', accountIds)
        .where({ withdrawn: 0 })
        .update({ bound: 1 });
      await forgetReplay(db, id);
      return true;
    },

    /**
     * Adds to what was dropped; `lowestSequence` is the first change of an account that is lost. What is written twice
     * counts twice: the count is never too low.
     */
    async noteDropped(
      id: string,
      {
        count,
        lastAt,
        accounts,
      }: {
        readonly count: number;
        readonly lastAt: Date;
        readonly accounts: readonly { readonly accountId: string; readonly lowestSequence: number }[];
      },
    ): Promise<void> {
      for (const { accountId, lowestSequence } of accounts) {
        await accountRow(id, accountId).update({ lost_from: lowerOf(db, lowestSequence - 1) });
      }
      await db('subscriptions')
        .where({ id })
        .update({
          dropped_count: db.raw('dropped_count + ?', [count]),
          dropped_at: db.raw('greatest(coalesce(dropped_at, ?), ?)', [lastAt, lastAt]),
          notice_due: 1,
        });
    },

    /** It was told all that was dropped until `dropped` was read. */
    async noteTold(id: string, { count, lastAt }: Subscription['dropped']): Promise<void> {
      await db('subscriptions')
        .where({ id, dropped_count: count })
        .where(db.raw('dropped_at <=> ?', [lastAt]))
        .update({ notice_due: 0 });
    },

    /**
     * In a transaction. The client takes care of what it has lost: gives what is forgotten by this. What it has lost of
     * an account that it may not see now, it still lacks.
     */
    async clearDropped(id: string): Promise<readonly LostFrom[]> {
      await db('subscriptions').where({ id }).update({ dropped_count: 0, dropped_at: null, notice_due: 0 });
      const lost = () =>
        db('subscription_accounts').where({ subscription_id: id, withdrawn: 0 }).whereNotNull('lost_from');
      const cleared = await lost()
        .orderBy('account_id')
        .forUpdate()
        .select<LostFrom[]>({ accountId: 'account_id', lostFrom: 'lost_from' });
      await lost().update({ lost_from: null });
      return cleared;
    },

    /** Returns false when it has ended already, or never was. */
    async end(id: string, at: Date): Promise<boolean> {
      const ended = await living().where({ id }).update({ state: 'ended', ended_at: at });
      await forgetReplay(db, id);
      return ended === 1;
    },

    /** Those that have ended and whose queue may still be there. */
    async listEnded(limit: number): Promise<EndedSubscription[]> {
      return db('subscriptions')
        .where({ queue_removed: 0 })
        .whereNotNull('ended_at')
        .orderBy('ended_at')
        .limit(limit)
        .select<EndedSubscription[]>({ id: 'id', clientId: 'client_id', delivery: 'delivery' });
    },

    async noteQueueRemoved(id: string): Promise<void> {
      await db('subscriptions').where({ id }).update({ queue_removed: 1 });
    },

    /** Deletes what ended longer ago, with all that belongs to it; `limit` subscriptions at the most. */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      const ids: string[] = await db('subscriptions')
        .where({ queue_removed: 1 })
        .where('ended_at', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
        .orderBy('ended_at')
        .limit(limit)
        .pluck('id');
      if (ids.length === 0) return 0;
      // The subscription last: who dies in between finds the rest again.
      await db('webhook_dead_letters').whereIn('subscription_id', ids).delete();
      await db('subscription_accounts').whereIn('subscription_id', ids).delete();
      return db('subscriptions').whereIn('id', ids).delete();
    },

    /** What has to be bound, unbound and suspended now; of each `limit` at the most. */
    differences: (limit: number) => findDifferences(db, limit),
  };
}

export interface LostFrom {
  readonly accountId: string;
  readonly lostFrom: number;
}

export interface EndedSubscription {
  readonly id: string;
  readonly clientId: string;
  readonly delivery: SubscriptionDelivery;
}

async function forgetReplay(db: Knex, id: string): Promise<void> {
  await db('subscription_accounts')
    .where({ subscription_id: id })
    .whereNotNull('replayed_to')
    .update({ replayed_to: null });
}

function lowerOf(db: Knex, sequence: number): Knex.Raw {
  return db.raw('least(coalesce(lost_from, ?), ?)', [sequence, sequence]);
}

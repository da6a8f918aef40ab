// What the store wants of the broker and it may not have yet: by grants, which come and go, and by clients, which are
// disabled. Indexes are met from the subscriptions' side, so that the cost is that of the subscriptions there are.
import type { Knex } from 'knex';
import type { SubscribedAccount, SubscriptionDifferences } from './subscription.ts';

export async function findDifferences(db: Knex, limit: number): Promise<SubscriptionDifferences> {
  const [toBind, toUnbind, toSuspend] = await Promise.all([
    findUnbound(db, limit),
    findUngranted(db, limit),
    findOfDisabledClients(db, limit),
  ]);
  return { toBind, toUnbind, toSuspend };
}

const atWork = "s.state in ('active', 'joining', 'replaying')";

// What a cloud publishes is granted with any account of that cloud.
const isGranted = `(
  exists (select 1 from grants g where g.client_id = s.client_id and g.account_id = sa.account_id)
  or (sa.account_id = concat(sa.cloud, '-public')
      and exists (select 1 from grants g join accounts a on a.id = g.account_id
                  where g.client_id = s.client_id and a.cloud = sa.cloud)))`;

// An account that is to be replayed is bound when that is done, not before.
async function findUnbound(db: Knex, limit: number): Promise<SubscribedAccount[]> {
  const [rows = []]: SubscribedAccount[][] = await db.raw(
    `(select s.id as subscriptionId, sa.account_id as accountId, sa.cloud as cloud
      from subscriptions s
      join subscription_accounts sa on sa.subscription_id = s.id
      join accounts there on there.id = sa.account_id
      where ${atWork} and sa.bound = 0 and sa.replayed_to is null and ${isGranted}
      limit :limit)
     union all
     (select s.id, g.account_id, a.cloud
      from subscriptions s
      join grants g on g.client_id = s.client_id
      join accounts a on a.id = g.account_id
      left join subscription_accounts sa on sa.subscription_id = s.id and sa.account_id = g.account_id
      where ${atWork} and s.all_accounts = 1 and sa.account_id is null
      limit :limit)`,
    { limit },
  );
  return rows.slice(0, limit);
}

async function findUngranted(db: Knex, limit: number): Promise<(SubscribedAccount & { bound: boolean })[]> {
  const [rows = []]: UngrantedRow[][] = await db.raw(
    `select s.id as subscriptionId, sa.account_id as accountId, sa.cloud as cloud, sa.bound as bound
     from subscriptions s
     join subscription_accounts sa on sa.subscription_id = s.id
     where (${atWork} and (sa.bound = 1 or sa.replayed_to is not null) and not ${isGranted})
        or (s.state = 'suspended' and sa.bound = 1)
     limit :limit`,
    { limit },
  );
  return rows.map(({ bound, ...account }) => ({ ...account, bound: bound === 1 }));
}

type UngrantedRow = SubscribedAccount & { readonly bound: number };

async function findOfDisabledClients(db: Knex, limit: number): Promise<string[]> {
  return db('subscriptions as s')
    .join('clients as c', 'c.id', 's.client_id')
    .whereRaw(atWork)
    .whereNotNull('c.disabled_at')
    .limit(limit)
    .pluck('s.id');
}

import type { SubscriptionState } from '@cloud-gateway/contracts';
import type { NewSubscription, Subscription, SubscriptionAccount } from './subscription.ts';

export interface SubscriptionRow extends Omit<Subscription, 'accounts' | 'dropped' | 'noticeDue' | 'state'> {
  readonly state: SubscriptionState;
  readonly droppedCount: number;
  readonly droppedAt: Date | null;
  readonly noticeDue: number;
}

export interface SubscriptionAccountRow extends Omit<SubscriptionAccount, 'bound' | 'withdrawn'> {
  readonly subscriptionId: string;
  readonly bound: number;
  readonly withdrawn: number;
}

export const subscriptionColumns = {
  id: 'id',
  clientId: 'client_id',
  organizationId: 'organization_id',
  name: 'name',
  state: 'state',
  filter: 'filter',
  delivery: 'delivery',
  auditScope: 'audit_scope',
  sealedSecret: 'sealed_secret',
  droppedCount: 'dropped_count',
  droppedAt: 'dropped_at',
  noticeDue: 'notice_due',
  createdAt: 'created_at',
  suspendedAt: 'suspended_at',
};

export const accountColumns = {
  subscriptionId: 'subscription_id',
  accountId: 'account_id',
  cloud: 'cloud',
  bound: 'bound',
  withdrawn: 'withdrawn',
  sequence: 'sequence',
  replayStart: 'replay_start',
  replayedTo: 'replayed_to',
  lostFrom: 'lost_from',
};

export function toSubscription(
  { droppedCount, droppedAt, noticeDue, ...row }: SubscriptionRow,
  accounts: readonly SubscriptionAccountRow[],
): Subscription {
  return {
    ...row,
    accounts: accounts.map(({ subscriptionId: _, ...account }) => ({
      ...account,
      bound: account.bound === 1,
      withdrawn: account.withdrawn === 1,
    })),
    dropped: { count: droppedCount, lastAt: droppedAt },
    noticeDue: noticeDue === 1,
  };
}

export function toRow(subscription: NewSubscription) {
  const { filter, delivery } = subscription;
  return {
    id: subscription.id,
    client_id: subscription.clientId,
    organization_id: subscription.organizationId,
    name: subscription.name,
    state: subscription.state,
    filter: JSON.stringify(filter),
    all_accounts: filter.accounts === undefined ? 1 : 0,
    delivery: JSON.stringify(delivery),
    delivery_kind: delivery.kind,
    audit_scope: subscription.auditScope,
    sealed_secret: subscription.sealedSecret,
    created_at: subscription.createdAt,
  };
}

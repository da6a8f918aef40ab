import type { EventFilter, SubscriptionDelivery, SubscriptionState } from '@cloud-gateway/contracts';

export interface SubscriptionFilter extends EventFilter {
  /** Undefined: every account that the client has proven, also later ones. */
  readonly accounts?: readonly string[] | undefined;
  /** Events about the gateway too. */
  readonly administration: boolean;
}

export interface Subscription {
  readonly id: string;
  readonly clientId: string;
  readonly organizationId: string;
  readonly name: string | null;
  readonly state: SubscriptionState;
  readonly filter: SubscriptionFilter;
  readonly delivery: SubscriptionDelivery;
  /** The organization whose events it gets: its token was allowed to read the audit log. */
  readonly auditScope: string | null;
  /** Of a webhook: the sealed key of its signatures. */
  readonly sealedSecret: string | null;
  /** In the order of their ids. */
  readonly accounts: readonly SubscriptionAccount[];
  readonly dropped: { readonly count: number; readonly lastAt: Date | null };
  /** It has lost something that it was not told in its queue yet. */
  readonly noticeDue: boolean;
  readonly createdAt: Date;
  readonly suspendedAt: Date | null;
}

export interface SubscriptionAccount {
  readonly accountId: string;
  readonly cloud: string;
  readonly bound: boolean;
  /** The grant is gone: it is neither bound nor replayed. */
  readonly withdrawn: boolean;
  /** Once bound, every change after it is delivered. Of one that is replayed: what was asked for. */
  readonly sequence: number | null;
  /** The outbox id after which its events begin; null when it began with live events. */
  readonly replayStart: number | null;
  /** The outbox id up to which stored events are in the queue; null when there is nothing to replay (any more). */
  readonly replayedTo: number | null;
  /** Every change after it may be lost; null when nothing is. */
  readonly lostFrom: number | null;
}

export interface NewSubscription
  extends Omit<Subscription, 'state' | 'accounts' | 'dropped' | 'noticeDue' | 'suspendedAt'> {
  readonly state: 'replaying' | 'active';
  readonly accounts: readonly {
    readonly accountId: string;
    readonly cloud: string;
    /** Stored events after outbox id `afterId` come first; `sequence` is that of the last change before them. */
    readonly replay: { readonly afterId: number; readonly sequence: number } | null;
  }[];
}

/** What has to be done so that the broker is as the store says. */
export interface SubscriptionDifferences {
  /** Wanted and granted, and not bound. */
  readonly toBind: readonly SubscribedAccount[];
  /** Bound, or still to be replayed, while the grant is gone or the client disabled. */
  readonly toUnbind: readonly (SubscribedAccount & { readonly bound: boolean })[];
  /** Ids of those whose client is disabled. */
  readonly toSuspend: readonly string[];
}

export interface SubscribedAccount {
  readonly subscriptionId: string;
  readonly accountId: string;
  readonly cloud: string;
}

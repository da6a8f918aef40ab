// What a subscriber makes of an account: a copy that it keeps by events, and by GET /v1/sync when it is told that some
// were dropped. Revisions tell which of two is newer, so that it does not matter which way something comes first.
import {
  type AdministrativeDetails,
  administrativeEventSchema,
  type ResourceEvent,
  resourceEventSchema,
  type syncRoute,
} from '@cloud-gateway/contracts';
import type { ConsumeMessage } from 'amqplib';
import { type ApiClient, servedBody } from '../api-client.ts';

export interface AccountCopy {
  /** One delivery of the subscription. */
  take(message: ConsumeMessage): void;
  /** Notices of dropped events, as they came. */
  readonly notices: readonly AdministrativeDetails['subscription.dropped'][];
  /** How many changes came as events. */
  changes(): number;
  /** Changes after this sequence are asked for. */
  synchronise(api: ApiClient, account: string, since: number): Promise<void>;
  /** Revision and state of everything that is there, by the gateway's id. */
  present(): Record<string, string>;
}

interface Known {
  readonly revision: number;
  /** Null: gone. */
  readonly state: string | null;
}

/** Of what is in one region of the account. */
export function createAccountCopy(region: string): AccountCopy {
  let known = new Map<string, Known>();
  const notices: AdministrativeDetails['subscription.dropped'][] = [];
  const seen = new Set<string>();

  function learn(id: string, news: Known): void {
    if ((known.get(id)?.revision ?? 0) < news.revision) known.set(id, news);
  }

  function takeChange({ id, resourceId, revision, newState }: ResourceEvent): void {
    seen.add(id);
    learn(resourceId, { revision, state: newState });
  }

  return {
    take({ content, properties }) {
      const payload: unknown = JSON.parse(content.toString());
      if (String(properties.type).startsWith('cloud-gateway.resource.'))
        return takeChange(resourceEventSchema.parse(payload));
      const event = administrativeEventSchema.parse(payload);
      if (event.subject === 'subscription.dropped') notices.push(event.details);
    },
    notices,
    changes: () => seen.size,
    async synchronise(api, account, since) {
      // From the beginning: what is gone is not told.
      if (since === 0) known = new Map();
      for (const item of await allSince(api, account, since)) {
        if ((item.resource ?? item.deleted)?.region !== region) continue;
        if (item.resource) learn(item.resource.id, item.resource);
        if (item.deleted) learn(item.deleted.id, { revision: item.deleted.revision, state: null });
      }
    },
    present: () =>
      Object.fromEntries(
        [...known]
          .filter(([, { state }]) => state !== null)
          .map(([id, { revision, state }]) => [id, `${revision} ${state}`]),
      ),
  };
}

type SyncAnswer = ReturnType<(typeof syncRoute)['answer']['schema']['parse']>;

async function allSince(api: ApiClient, account: string, from: number): Promise<SyncAnswer['items']> {
  const items: SyncAnswer['items'] = [];
  for (let since = from; ; ) {
    const path = `/v1/sync?account=${account}&since=${since}&limit=500`;
    const answers = await api.sendUntilServed({ method: 'GET', path });
    const page = servedBody<SyncAnswer>(answers.at(-1));
    items.push(...page.items);
    if (!page.more) return items;
    since = page.nextSince;
  }
}

// A client that keeps a copy of an account by GET /v1/sync, and asks at odd moments.
import type { ApiClient } from '../api-client.ts';
import { problemOf, servedBody } from '../api-client.ts';
import type { Document } from './documents.ts';

export interface SyncFollower {
  /** Asks once, and applies the answer. True: there is more already. */
  ask(limit: number): Promise<boolean>;
  /** Asks until there is no more. */
  catchUp(): Promise<void>;
  /** By the gateway's id. */
  readonly copy: ReadonlyMap<string, Document>;
}

interface Answer {
  readonly items: readonly {
    readonly sequence: number;
    readonly resource?: Document;
    readonly deleted?: { readonly id: string };
  }[];
  readonly nextSince: number;
  readonly more: boolean;
}

export function createSyncFollower(api: ApiClient, account: string): SyncFollower {
  const copy = new Map<string, Document>();
  let since = 0;

  async function ask(limit: number): Promise<boolean> {
    const path = `/v1/sync?account=${account}&since=${since}&limit=${limit}`;
    const answer = (await api.sendUntilServed({ method: 'GET', path })).at(-1);
    if (answer && problemOf(answer)?.code === 'resync-required') {
      copy.clear();
      since = 0;
      return true;
    }
    const { items, nextSince, more } = servedBody<Answer>(answer);
    let before = 0;
    for (const { sequence, resource, deleted } of items) {
      if (sequence <= before) throw new Error(`${path}: ${sequence} comes after ${before}`);
      before = sequence;
      if (resource) copy.set(resource.id, resource);
      else if (deleted) copy.delete(deleted.id);
    }
    since = nextSince;
    return more;
  }

  return {
    ask,
    async catchUp() {
      while (await ask(200));
    },
    copy,
  };
}

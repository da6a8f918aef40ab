// The calls that every type of resource has, for one client in one account, each held against its route.
import {
  type CreatableType,
  type DestroyableType,
  type DocumentOf,
  type Problem,
  type ResourceType,
  type Route,
  resourceCreateRoute,
  resourceDestroyRoute,
  resourceHistoryRoute,
  resourceListRoute,
  resourceRefreshRoute,
  resourceShowRoute,
  resourceUpdateRoute,
  type UpdatableType,
} from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';
import type { ApiClient, Asked } from './api-client.ts';
import type { DoorAnswer } from './door.ts';
import { written } from './written.ts';

type More = Omit<Asked, 'params' | 'body'>;

export interface Resources {
  readonly client: ApiClient;
  readonly path: { readonly cloud: string; readonly account: string };
  list<T extends ResourceType>(type: T, query?: string): Promise<Page<DocumentOf<T>>>;
  /** Follows the cursors to the end. */
  listAll<T extends ResourceType>(type: T, query?: string): Promise<DocumentOf<T>[]>;
  show<T extends ResourceType>(type: T, id: string, query?: string): Promise<DocumentOf<T>>;
  history<T extends ResourceType>(type: T, id: string): Promise<Revision[]>;
  refresh<T extends ResourceType>(type: T, id: string): Promise<DocumentOf<T>>;
  /** Waits until it is ready. */
  create<T extends CreatableType>(type: T, body: object, more?: More): Promise<DocumentOf<T>>;
  update<T extends UpdatableType>(type: T, id: string, body: object, more?: More): Promise<DocumentOf<T>>;
  /** Waits until it is gone. */
  destroy<T extends DestroyableType>(type: T, id: string, more?: More): Promise<DocumentOf<T>>;
  send(route: Route, id: string, asked?: Omit<Asked, 'params'>): Promise<DoorAnswer>;
  refusal(route: Route, id: string, asked?: Omit<Asked, 'params'>): Promise<Problem>;
}

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly observedAt: string | null;
  readonly stale: boolean;
}

interface Revision {
  readonly revision: number;
  readonly change: string;
  readonly state: string;
  readonly diff: readonly { readonly path: string; readonly from?: unknown; readonly to?: unknown }[] | null;
  readonly validFrom: string;
}

export function resourcesOf(client: ApiClient, account: string): Resources {
  const path = { cloud: 'ec2', account };
  const of = (id: string) => ({ ...path, id });
  const patient = (headers: Asked['headers'] = {}) => ({ prefer: 'wait=20', ...headers });

  async function list<T extends ResourceType>(type: T, query = ''): Promise<Page<DocumentOf<T>>> {
    return (await client.ask(resourceListRoute(type), { params: path, query })) as Page<DocumentOf<T>>;
  }

  return {
    client,
    path,
    list,
    async listAll(type, query = '') {
      const all: DocumentOf<typeof type>[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: Page<DocumentOf<typeof type>> = await list(type, `${query}${next}`);
        all.push(...page.items);
        cursor = page.nextCursor;
      }
      return all;
    },
    show: async (type, id, query = '') =>
      (await client.ask(resourceShowRoute(type), { params: of(id), query })) as DocumentOf<typeof type>,
    history: async (type, id) =>
      (await client.ask(resourceHistoryRoute(type), { params: of(id) })).items as Revision[],
    refresh: async (type, id) =>
      (await client.ask(resourceRefreshRoute(type), { params: of(id) })) as DocumentOf<typeof type>,
    async create(type, body, { headers, ...more } = {}) {
      const asked = { params: path, body, headers: patient(headers), ...more };
      const made = written(await client.ask(resourceCreateRoute(type), asked)) as DocumentOf<typeof type>;
      if ('privateKey' in made) rememberSecret(String(made.privateKey));
      return made;
    },
    async update(type, id, body, { headers, ...more } = {}) {
      const asked = { params: of(id), body, headers: patient(headers), ...more };
      return written(await client.ask(resourceUpdateRoute(type), asked)) as DocumentOf<typeof type>;
    },
    async destroy(type, id, { headers, ...more } = {}) {
      const asked = { params: of(id), headers: patient(headers), ...more };
      return written(await client.ask(resourceDestroyRoute(type), asked)) as DocumentOf<typeof type>;
    },
    send: (route, id, asked) => client.send(route, { ...asked, params: of(id) }),
    refusal: (route, id, asked) => client.refusal(route, { ...asked, params: of(id) }),
  };
}

// What each subscriber asks for: filters of every kind, by chance; and which events such a filter selects, said in the
// words of the contract and with nothing of the gateway's own code.
import type { ResourceEvent } from '@cloud-gateway/contracts';
import type { Random } from '../property/random.ts';
import type { SeededClient } from './seed-clients.ts';
import { regions, types } from './write-changes.ts';

interface Filter {
  readonly accounts?: readonly string[];
  readonly types?: readonly string[];
  readonly changes?: readonly string[];
  readonly states?: readonly string[];
  readonly regions?: readonly string[];
}

export type DeliveryKind = 'queue' | 'stream' | 'webhook';

export interface SubscriptionPlan {
  readonly client: SeededClient;
  readonly filter: Filter;
  readonly delivery: DeliveryKind;
}

const changes = ['discovered', 'updated', 'state', 'deleted'] as const;
const states = ['running', 'available', 'in_use', 'present', 'pending', 'error', 'none'] as const;

export function planSubscription(
  random: Random,
  client: SeededClient,
  delivery: DeliveryKind,
): SubscriptionPlan {
  const sometimes = <T>(probability: number, items: readonly T[], max: number) =>
    random.chance(probability) ? random.some(items, max) : undefined;
  const filter = {
    accounts: sometimes(0.5, client.accounts, client.accounts.length),
    types: sometimes(0.5, types, 3),
    changes: sometimes(0.3, changes, 3),
    states: sometimes(0.2, states, 4),
    regions: sometimes(0.4, regions, 2),
  };
  return { client, filter: withoutUndefined(filter), delivery };
}

export function selects(
  { client, filter }: SubscriptionPlan,
  event: Pick<ResourceEvent, 'account' | 'resourceType' | 'change' | 'newState' | 'region'>,
): boolean {
  const isIn = (list: readonly string[] | undefined, word: string) =>
    list === undefined || list.includes(word);
  return (
    client.accounts.includes(event.account) &&
    isIn(filter.accounts, event.account) &&
    isIn(filter.types, event.resourceType) &&
    isIn(filter.changes, event.change) &&
    isIn(filter.states, event.newState ?? 'none') &&
    isIn(filter.regions, event.region)
  );
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

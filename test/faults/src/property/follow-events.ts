// What a subscriber makes of the events that it got: repetitions dropped by id, each applied to a copy. Whatever could
// make that copy wrong is an error here.
import type { ResourceEvent } from '@cloud-gateway/contracts';
import { resourceEventSchema } from '@cloud-gateway/contracts';
import type { ArrivedEvent } from '../event-queue.ts';

export interface FollowedEvents {
  /** In the order of arrival, each once. */
  readonly events: readonly ResourceEvent[];
  /** By the gateway's id: the last event of everything that is there. */
  readonly present: ReadonlyMap<string, ResourceEvent>;
  /** What a subscriber was promised and did not get, in words. */
  readonly faults: readonly string[];
}

export function followEvents(arrived: readonly ArrivedEvent[]): FollowedEvents {
  const faults: string[] = [];
  const texts = new Map<string, string>();
  const events: ResourceEvent[] = [];
  for (const { id, routingKey, payload } of arrived) {
    if (routingKey.startsWith('v1.gateway.')) continue;
    const text = JSON.stringify(payload);
    const before = texts.get(id);
    if (before !== undefined && before !== text) faults.push(`${id} came twice and not the same: ${text}`);
    if (before !== undefined) continue;
    texts.set(id, text);
    events.push(resourceEventSchema.parse(payload));
  }

  const sequences = new Map<string, number>();
  const last = new Map<string, ResourceEvent>();
  for (const event of events) {
    const { account, sequence, resourceId } = event;
    const expected = (sequences.get(account) ?? 0) + 1;
    if (sequence !== expected) faults.push(`${account}: ${sequence} came where ${expected} was to come`);
    sequences.set(account, sequence);
    const fault = faultBetween(last.get(resourceId), event);
    if (fault !== undefined) faults.push(`${event.cloudId} (${event.resourceType}): ${fault}`);
    last.set(resourceId, event);
  }
  const present = new Map([...last].filter(([, event]) => !isRemoval(event)));
  return { events, present, faults };
}

function faultBetween(before: ResourceEvent | undefined, event: ResourceEvent): string | undefined {
  const { change, revision, oldState, newState, changedFields, body } = event;
  if ('sequence' in body) return `the body has a sequence: it is no body of the cloud's`;
  const isThere = before !== undefined && !isRemoval(before);
  if (revision !== (before?.revision ?? 0) + 1) return `revision ${revision} after ${before?.revision}`;
  if (isDiscovery(event)) return isThere ? `${change} after ${before.change}` : undefined;
  if (!isThere) return `${change} after ${before?.change ?? 'nothing'}`;
  if (oldState !== before.newState) return `${change} from ${oldState} after ${before.newState}`;
  if (isRemoval(event)) return newState === null ? undefined : `${change} to ${newState}`;
  if ((change === 'state') !== (oldState !== newState)) return `${change} from ${oldState} to ${newState}`;
  return changedFields.length > 0 ? undefined : `${change} of nothing`;
}

function isDiscovery({ oldState }: ResourceEvent): boolean {
  return oldState === null;
}

/** Gone, or gone to be kept for everybody. */
function isRemoval({ newState }: Pick<ResourceEvent, 'newState'>): boolean {
  return newState === null;
}

// `v1.<cloud>.<account>.<region>.<type>.<change>.<state>`: always seven words, so that every binding with `*` works.
// The resource's id is not in it: it is the CloudEvents subject.
import type { AdministrativeEvent } from './administrative-event.ts';
import type { ListingEvent } from './listing-event.ts';
import type { ResourceEvent } from './resource-event.ts';

export function resourceEventRoutingKey(
  event: Pick<ResourceEvent, 'cloud' | 'account' | 'region' | 'resourceType' | 'change' | 'newState'>,
): string {
  return resourceKeyOf(event);
}

/** `v1.<cloud>.<account>.<region>.<type>.stale.none` */
export function listingEventRoutingKey(
  event: Pick<ListingEvent, 'cloud' | 'account' | 'region' | 'resourceType' | 'change'>,
): string {
  return resourceKeyOf({ ...event, newState: null });
}

/** `v1.gateway.<scope>.global.token.revoked.none` */
export function administrativeEventRoutingKey(event: Pick<AdministrativeEvent, 'subject' | 'scope'>): string {
  return ['v1', 'gateway', eventWord(event.scope), 'global', event.subject, 'none'].join('.');
}

function resourceKeyOf(event: {
  readonly cloud: string;
  readonly account: string;
  readonly region: string;
  readonly resourceType: string;
  readonly change: string;
  readonly newState: string | null;
}): string {
  const { cloud, account, region, resourceType, change, newState } = event;
  return ['v1', cloud, account, eventWord(region), resourceType, change, newState ?? 'none'].join('.');
}

/** A word of a routing key: the dots in it become dashes, and it is in lower case. */
export function eventWord(text: string): string {
  return text.replaceAll('.', '-').toLowerCase();
}

// `v1.<cloud>.<account>.<region>.<type>.<change>.<state>`: always seven words, so that every binding with `*` works.
// The resource's id is not in it: it is the CloudEvents subject.
// Events that a later version has written have keys too: the words are taken as they are.

interface ListingWords {
  readonly cloud: string;
  readonly account: string;
  readonly region: string;
  readonly resourceType: string;
  readonly change: string;
}

interface ResourceWords extends ListingWords {
  readonly newState: string | null;
}

export function resourceEventRoutingKey(event: ResourceWords): string {
  const { cloud, account, region, resourceType, change, newState } = event;
  return ['v1', cloud, account, eventWord(region), resourceType, change, newState ?? 'none'].join('.');
}

/** `v1.<cloud>.<account>.<region>.<type>.stale.none` */
export function listingEventRoutingKey(event: ListingWords): string {
  return resourceEventRoutingKey({ ...event, newState: null });
}

/** `v1.gateway.<scope>.global.token.revoked.none` */
export function administrativeEventRoutingKey(event: {
  readonly subject: string;
  readonly scope: string;
}): string {
  return ['v1', 'gateway', eventWord(event.scope), 'global', event.subject, 'none'].join('.');
}

/** A word of a routing key: the dots in it become dashes, and it is in lower case. */
export function eventWord(text: string): string {
  return text.replaceAll('.', '-').toLowerCase();
}

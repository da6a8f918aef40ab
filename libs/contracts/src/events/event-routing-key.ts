// `v1.<cloud>.<account>.<region>.<type>.<change>.<state>`: always seven words, so that every binding with `*` works.
// The resource's id is not in it: it is the CloudEvents subject.
import type { AdministrativeEvent } from './administrative-event.ts';
import type { ResourceEvent } from './resource-event.ts';

export function resourceEventRoutingKey(
  event: Pick<ResourceEvent, 'cloud' | 'account' | 'region' | 'resourceType' | 'change' | 'newState'>,
): string {
  return [
    'v1',
    event.cloud,
    event.account,
    word(event.region),
    event.resourceType,
    event.change,
    event.newState ?? 'none',
  ].join('.');
}

/** `v1.gateway.<scope>.global.token.revoked.none` */
export function administrativeEventRoutingKey(event: Pick<AdministrativeEvent, 'subject' | 'scope'>): string {
  return ['v1', 'gateway', word(event.scope), 'global', event.subject, 'none'].join('.');
}

function word(text: string): string {
  return text.replaceAll('.', '-').toLowerCase();
}

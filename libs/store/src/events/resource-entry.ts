// Turns a change of a resource into the event that tells of it.
import {
  type Cause,
  presentSchemaVersion,
  type ResourceEvent,
  resourceEventRoutingKey,
  resourceTypes,
} from '@cloud-gateway/contracts';
import type { ResourceChange } from '../resources/diff-resources.ts';
import type { ResourceScope } from '../resources/resource-id.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** Pure: the event's id is the resource's id and revision, which only one change can ever have. */
export function resourceEntry(
  change: ResourceChange,
  context: { readonly scope: ResourceScope; readonly sequence: number; readonly cause: Cause },
): OutboxEntry {
  const { scope, sequence, cause } = context;
  const source = `/v1/clouds/${scope.cloud}/accounts/${scope.account}`;
  const event: ResourceEvent = {
    schemaVersion: presentSchemaVersion,
    id: `${change.id}.${change.revision}`,
    ...scope,
    resourceType: change.body.type,
    resourceId: change.id,
    cloudId: change.body.cloudId,
    href: `${source}/${resourceTypes[change.body.type].collection}/${change.id}`,
    change: change.kind,
    sequence,
    revision: change.revision,
    changedFields: [...change.changedFields],
    oldState: change.oldState,
    newState: change.newState,
    observedAt: new Date(change.atMs).toISOString(),
    cause,
    body: change.body,
  };
  return {
    accountId: scope.account,
    sequence,
    id: event.id,
    routingKey: resourceEventRoutingKey(event),
    type: `cloud-gateway.resource.${event.change}.v1`,
    source,
    subject: event.resourceId,
    time: event.observedAt,
    payload: JSON.stringify(event),
  };
}

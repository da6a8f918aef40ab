// A resource has changed. Envelope: CloudEvents 1.0 attributes as headers `cloudEvents_…`, in the manner of that
// specification's AMQP binding; body: this payload.
import { z } from 'zod';
import { anyBodySchema } from '../resources/resource.ts';
import { allResourceTypes } from '../resources/resource-types.ts';
import { accountId, cloudSlug, region, timestamp } from '../routes/fields.ts';
import { schemaVersion } from './schema-version.ts';

export const changeKinds = [
  'discovered',
  'updated',
  'state',
  'deleted',
  'published',
  'shared',
  'unshared',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

const causeSchema = z.object({
  kind: z.enum(['poll', 'request']),
  id: z.string().describe('The poll run, or the id of the request that made the change.'),
});
export type Cause = z.infer<typeof causeSchema>;

export const resourceEventSchema = z
  .object({
    schemaVersion,
    id: z.string().describe('The same when an event is delivered twice: drop repetitions by it.'),
    account: accountId,
    cloud: cloudSlug,
    region,
    resourceType: z.enum(allResourceTypes),
    resourceId: z.string(),
    cloudId: z.string(),
    href: z.string(),
    change: z.enum(changeKinds),
    sequence: z
      .int()
      .describe('Grows with every change of the account; events of one account come in this order.'),
    revision: z.int(),
    changedFields: z.array(z.string()),
    oldState: z.string().nullable(),
    newState: z.string().nullable(),
    observedAt: timestamp,
    cause: causeSchema,
    body: anyBodySchema.describe('The present body; the last one where the resource is deleted.'),
  })
  .meta({ id: 'ResourceEvent' });

export type ResourceEvent = z.infer<typeof resourceEventSchema>;

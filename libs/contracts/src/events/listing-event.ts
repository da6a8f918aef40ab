// What is known of a type of resources in a region begins to grow old, or is current again: one event per type, whichever
// poller notices. It has no sequence, because nothing in the store has changed.
import { z } from 'zod';
import { allResourceTypes } from '../resources/resource-types.ts';
import { accountId, cloudSlug, region, timestamp } from '../routes/fields.ts';
import { schemaVersion } from './schema-version.ts';

export const listingKinds = ['stale', 'current'] as const;
export type ListingKind = (typeof listingKinds)[number];

export const listingEventSchema = z
  .object({
    schemaVersion,
    id: z.string().describe('The same when an event is delivered twice: drop repetitions by it.'),
    account: accountId,
    cloud: cloudSlug,
    region,
    resourceType: z.enum(allResourceTypes),
    change: z.enum(listingKinds),
    observedAt: timestamp.describe('When it was noticed.'),
    reason: z
      .object({
        state: z.string().describe('How the listing fares, as in GET /v1/polling.'),
        code: z.string().nullable(),
        message: z.string().nullable(),
      })
      .nullable()
      .describe('Why it is stale; null when it is current again.'),
  })
  .meta({ id: 'ListingEvent' });

export type ListingEvent = z.infer<typeof listingEventSchema>;

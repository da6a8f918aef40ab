import { z } from 'zod';
import { allResourceTypes } from '../../resources/resource-types.ts';
import { accountId, cloudSlug, noBody, page, pageOf, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

/** `partial`: some zones failed, the others are current. `denied`: the cloud denies the credentials this listing. */
export const pollStates = [
  'ok',
  'partial',
  'failing',
  'denied',
  'credentials_invalid',
  'out_of_sync',
] as const;
export type PollState = (typeof pollStates)[number];

/** One listing of one account in one region: what the poller schedules. */
export const pollUnitSchema = z
  .object({
    cloud: cloudSlug,
    account: accountId,
    region: z.string(),
    group: z.string().describe('The listing, for example `volumes`.'),
    types: z.array(z.enum(allResourceTypes)).describe('What the listing feeds.'),
    state: z.enum(pollStates),
    nextAt: timestamp,
    intervalSeconds: z.number().describe('The present interval: it adapts to what the listing shows.'),
    lastStartedAt: timestamp.nullable(),
    lastCompletedAt: timestamp.nullable(),
    lastDurationMs: z.int().nullable(),
    lastSeen: z.int().nullable().describe('Resources in the last complete listing.'),
    lastChanges: z.int().nullable().describe('Changes that the last complete listing brought.'),
    throttles: z.int().describe('How often the cloud has throttled this listing, ever.'),
    errors: z.int().describe('Failed listings in a row.'),
    error: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Of the last listing; null when it succeeded.'),
    staleZones: z.array(z.string()).describe('Datacenters that the last listing could not see.'),
    polledBy: z.string().nullable().describe('The poller that works on it now.'),
  })
  .meta({ id: 'PollUnit' });

export const pollingListRoute = defineRoute({
  name: 'polling-list',
  method: 'GET',
  path: '/v1/polling',
  tag: 'Sync and refresh',
  summary: 'Show when each listing was polled and is polled next',
  description: 'Of the accounts that you have proven, and of what their clouds publish.',
  auth: 'token',
  permission: 'resources:read',
  params: z.strictObject({}),
  query: z.strictObject({
    cloud: cloudSlug.optional(),
    account: accountId.optional(),
    state: z.enum(pollStates).optional(),
    ...page,
  }),
  body: noBody,
  answer: { status: 200, description: 'A page of units', schema: pageOf(pollUnitSchema) },
  errors: ['account-not-proven'],
});

import { z } from 'zod';
import { documentSchemas } from '../../resources/documents.ts';
import { allResourceTypes, type ResourceType } from '../../resources/resource-types.ts';
import { accountId, noBody, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

const anyDocument = z.union(
  Object.values(documentSchemas) as unknown as [
    (typeof documentSchemas)[ResourceType],
    (typeof documentSchemas)[ResourceType],
  ],
);

const tombstone = z
  .object({
    id: z.string(),
    type: z.enum(allResourceTypes),
    region: z.string(),
    cloudId: z.string(),
    href: z.string(),
    revision: z.int(),
    deletedAt: timestamp,
  })
  .meta({ id: 'Tombstone' });

const syncItem = z
  .object({
    sequence: z.int(),
    resource: anyDocument.optional().describe('What is there.'),
    deleted: tombstone.optional().describe('What is no longer there.'),
  })
  .meta({ id: 'SyncItem' });

export const syncRoute = defineRoute({
  name: 'sync',
  method: 'GET',
  path: '/v1/sync',
  tag: 'Sync and refresh',
  summary: 'What changed in an account since a sequence',
  description:
    'Start without `since`: everything that is there comes, in order. Keep `nextSince`, and ask again with it, at once while `more` is true. Each resource comes once, with its last change. `resync-required` (410): too long away, tombstones are purged; forget what you have and start without `since`. The account `<cloud>-public` has what the cloud publishes.',
  auth: 'token',
  permission: 'resources:read',
  params: z.strictObject({}),
  query: z.strictObject({
    account: accountId,
    since: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(500).describe('How many at the most.'),
  }),
  body: noBody,
  answer: {
    status: 200,
    description: 'Changes in the order of their sequence',
    schema: z.object({
      account: accountId,
      items: z.array(syncItem),
      nextSince: z.int(),
      more: z.boolean().describe('True when more changes are there already.'),
    }),
  },
  errors: ['account-not-proven', 'resync-required'],
});

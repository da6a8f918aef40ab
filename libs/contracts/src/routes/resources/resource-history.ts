import { z } from 'zod';
import { changeKinds } from '../../events/resource-event.ts';
import { bodySchemaOf } from '../../resources/documents.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { noBody, page, pageOf, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { oneQuery, resourceParams } from './resource-query.ts';

/** One field that a revision changed. */
const fieldChange = z
  .object({
    path: z.string().describe('JSON Pointer (RFC 6901) into the body: `/tags/env`.'),
    from: z.unknown().optional().describe('Absent where the field is new.'),
    to: z.unknown().optional().describe('Absent where the field is gone.'),
  })
  .meta({ id: 'FieldChange' });
export type FieldChange = z.infer<typeof fieldChange>;

/** One history route per type: every revision, newest first. */
export function resourceHistoryRoute<T extends ResourceType>(type: T) {
  const revision = z.object({
    revision: z.int(),
    change: z.enum(changeKinds),
    state: z.string(),
    changedFields: z.array(z.string()),
    validFrom: timestamp,
    validTo: timestamp.nullable().describe('Null for the present revision.'),
    cause: z.object({ kind: z.enum(['poll', 'request']), id: z.string() }),
    diff: z
      .array(fieldChange)
      .nullable()
      .describe('What differs from the revision before; null where that one is purged or there is none.'),
    body: bodySchemaOf(type),
  });
  return defineRoute({
    name: `${type}-history`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id/history`,
    tag: 'Resources',
    summary: `Show every revision of one ${resourceTypes[type].noun}`,
    auth: 'token',
    permission: 'resources:read',
    params: resourceParams,
    query: oneQuery.extend(page),
    body: noBody,
    answer: { status: 200, description: 'A page of revisions, newest first', schema: pageOf(revision) },
    errors: ['account-not-proven', 'not-found'],
  });
}

import { z } from 'zod';
import { noBody, nothing, page, pageOf, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timestamp,
    actorId: z.string().nullable().describe('The client that acted; null: the gateway itself.'),
    action: z.string().describe('`access-request.approved`'),
    subjectId: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

export const auditListRoute = defineRoute({
  name: 'audit-list',
  method: 'GET',
  path: '/v1/audit',
  tag: 'Audit',
  summary: 'List who did what in your organization, newest first',
  auth: 'token',
  permission: 'audit:read',
  params: nothing,
  query: z.strictObject({
    ...page,
    actor: z.string().max(64).optional(),
    action: z.string().max(64).optional(),
    since: timestamp.optional(),
  }),
  body: noBody,
  answer: { status: 200, description: 'A page of the log', schema: pageOf(auditEntrySchema) },
});

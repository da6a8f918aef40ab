import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestParams, accessRequestSchema, reason } from './access-request.ts';

export const accessRequestArchiveRoute = defineRoute({
  name: 'access-request-archive',
  method: 'POST',
  path: '/v1/access-requests/:request/archive',
  tag: 'Access requests',
  summary: 'Put a request away',
  description: 'Also straight from active: its key is refused within a second.',
  auth: 'token',
  permission: 'access-requests:manage',
  params: accessRequestParams,
  query: nothing,
  body: z.strictObject({ reason: reason.optional() }).default({}),
  answer: { status: 200, description: 'The request as it is now', schema: accessRequestSchema },
  errors: ['not-found', 'conflict'],
});

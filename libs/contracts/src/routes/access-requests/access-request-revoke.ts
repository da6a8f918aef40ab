import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestParams, accessRequestSchema, reason } from './access-request.ts';

export const accessRequestRevokeRoute = defineRoute({
  name: 'access-request-revoke',
  method: 'POST',
  path: '/v1/access-requests/:request/revoke',
  tag: 'Access requests',
  summary: 'Revoke an approved or active request',
  description: 'The proxy refuses its key within a second.',
  auth: 'token',
  permission: 'access-requests:manage',
  params: accessRequestParams,
  query: nothing,
  body: z.strictObject({ reason: reason.optional() }).default({}),
  answer: { status: 200, description: 'The request as it is now', schema: accessRequestSchema },
  errors: ['not-found', 'conflict'],
});

import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestParams, accessRequestSchema, reason } from './access-request.ts';

export const accessRequestDenyRoute = defineRoute({
  name: 'access-request-deny',
  method: 'POST',
  path: '/v1/access-requests/:request/deny',
  tag: 'Access requests',
  summary: 'Deny a pending request',
  auth: 'token',
  permission: 'access-requests:manage',
  params: accessRequestParams,
  query: nothing,
  body: z.strictObject({ reason: reason }),
  answer: { status: 200, description: 'The request as it is now', schema: accessRequestSchema },
  errors: ['not-found', 'conflict'],
});

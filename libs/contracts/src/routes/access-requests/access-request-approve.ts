import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestParams, accessRequestSchema, reason } from './access-request.ts';

export const accessRequestApproveRoute = defineRoute({
  name: 'access-request-approve',
  method: 'POST',
  path: '/v1/access-requests/:request/approve',
  tag: 'Access requests',
  summary: 'Approve a pending request with cloud credentials',
  description:
    'The credentials have to be of the same cloud and linked to the environment of the request. Calls that hand out real cloud credentials stay refused unless they are named in `allowedCredentialActions`.',
  auth: 'token',
  permission: 'access-requests:manage',
  params: accessRequestParams,
  query: nothing,
  body: z.strictObject({
    credentialId: z.string().min(1).max(64),
    policyGroupId: z.string().min(1).max(64).optional(),
    allowedCredentialActions: z
      .array(z.string().regex(/^[a-z0-9.-]+:[A-Za-z0-9]+$/, 'must be service:Action such as sts:AssumeRole'))
      .max(50)
      .default([]),
    reason: reason.optional(),
  }),
  answer: { status: 200, description: 'The request, approved', schema: accessRequestSchema },
  errors: ['not-found', 'conflict'],
});

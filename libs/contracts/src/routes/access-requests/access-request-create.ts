import { z } from 'zod';
import { cloudSlug, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestSchema, reason } from './access-request.ts';

export const accessRequestCreateRoute = defineRoute({
  name: 'access-request-create',
  method: 'POST',
  path: '/v1/access-requests',
  tag: 'Access requests',
  summary: 'Request access to cloud services through the proxy',
  auth: 'token',
  permission: 'access-requests:create',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    environmentId: z.string().min(1).max(64),
    cloud: cloudSlug,
    services: z
      .array(z.string().trim().min(1).max(64))
      .min(1)
      .max(100)
      .describe('Ids or names as `GET /v1/cloud-services` lists them: `dynamodb`, `API Gateway`.'),
    reason: reason.optional(),
  }),
  answer: { status: 201, description: 'The request, pending', schema: accessRequestSchema },
  errors: ['not-found', 'validation-failed'],
});

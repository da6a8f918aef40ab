import { z } from 'zod';
import { cloudSlug, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { cloudServiceSchema } from './cloud-service-list.ts';

export const cloudServiceDisallowRoute = defineRoute({
  name: 'cloud-service-disallow',
  method: 'DELETE',
  path: '/v1/cloud-services/:cloud/:service',
  tag: 'Cloud services',
  summary: 'Stop a further cloud service from being requested',
  description: 'Requests that have it already keep it; revoke them to end that. Safe to repeat.',
  auth: 'token',
  permission: 'access-requests:manage',
  params: z.strictObject({ cloud: cloudSlug, service: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The service as it is now', schema: cloudServiceSchema },
  errors: ['not-found', 'conflict'],
});

import { z } from 'zod';
import { cloudSlug, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { cloudServiceSchema } from './cloud-service-list.ts';

export const cloudServiceAllowRoute = defineRoute({
  name: 'cloud-service-allow',
  method: 'PUT',
  path: '/v1/cloud-services/:cloud/:service',
  tag: 'Cloud services',
  summary: 'Allow a further cloud service to be requested in your organization',
  description: 'Any service that the gateway knows: list them with `all=true`. Safe to repeat.',
  auth: 'token',
  permission: 'access-requests:manage',
  params: z.strictObject({ cloud: cloudSlug, service: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The service as it is now', schema: cloudServiceSchema },
  errors: ['not-found'],
});

import { z } from 'zod';
import { cloudSlug, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const cloudServiceSchema = z
  .object({
    cloud: cloudSlug,
    service: z.string().describe('By this id it is requested: `dynamodb`.'),
    name: z.string().describe('`DynamoDB`'),
    requestable: z.boolean().describe('An administrator can allow the others.'),
    allowedBy: z.string().nullable().describe('The client that allowed it; null for those that always are.'),
  })
  .meta({ id: 'CloudService' });

export const cloudServiceListRoute = defineRoute({
  name: 'cloud-service-list',
  method: 'GET',
  path: '/v1/cloud-services',
  tag: 'Cloud services',
  summary: 'List the cloud services that can be requested',
  auth: 'token',
  params: nothing,
  query: z.strictObject({
    cloud: cloudSlug.optional(),
    all: z.enum(['true', 'false']).default('false').describe('Also those that are not allowed yet.'),
  }),
  body: noBody,
  answer: {
    status: 200,
    description: 'The services',
    schema: z.object({ items: z.array(cloudServiceSchema) }),
  },
  errors: ['not-found'],
});

import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { storedCredentialsSchema } from './stored-credentials.ts';

export const cloudCredentialsListRoute = defineRoute({
  name: 'cloud-credentials-list',
  method: 'GET',
  path: '/v1/cloud-credentials',
  tag: 'Cloud credentials',
  summary: 'List the cloud credentials of your organization, and the global ones',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: nothing,
  query: z.strictObject({
    ...page,
    environment: z.string().max(64).optional().describe('Only those linked to this environment.'),
  }),
  body: noBody,
  answer: { status: 200, description: 'A page of credentials', schema: pageOf(storedCredentialsSchema) },
  errors: ['not-found'],
});

import { z } from 'zod';
import { name, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const organizationSchema = z
  .object({ id: z.string(), name: z.string(), createdAt: timestamp })
  .meta({ id: 'Organization' });

export const organizationCreateRoute = defineRoute({
  name: 'organization-create',
  method: 'POST',
  path: '/v1/organizations',
  tag: 'Organizations',
  summary: 'Create an organization',
  auth: 'token',
  permission: 'organizations:manage',
  params: nothing,
  query: nothing,
  body: z.strictObject({ name }),
  answer: { status: 201, description: 'The organization', schema: organizationSchema },
  errors: ['conflict'],
});

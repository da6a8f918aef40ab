import { z } from 'zod';
import { name, nothing, timestamp } from '../fields.ts';
import { allPermissions, defaultClientPermissions } from '../permissions.ts';
import { defineRoute } from '../route.ts';

export const clientSchema = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    name: z.string(),
    permissions: z.array(z.enum(allPermissions)),
    createdAt: timestamp,
    disabledAt: timestamp.nullable(),
  })
  .meta({ id: 'Client' });

export const clientCreateRoute = defineRoute({
  name: 'client-create',
  method: 'POST',
  path: '/v1/clients',
  tag: 'Clients',
  summary: 'Create an API client',
  description: 'The secret is shown in this answer only; the gateway keeps nothing but its hash.',
  auth: 'token',
  permission: 'clients:manage',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name,
    organizationId: z
      .string()
      .optional()
      .describe('Your own when absent; another one only with organizations:manage.'),
    permissions: z
      .array(z.enum(allPermissions))
      .default([...defaultClientPermissions])
      .describe('Nobody can give a permission that he does not have.'),
  }),
  answer: {
    status: 201,
    description: 'The client and its secret',
    schema: clientSchema.extend({ secret: z.string() }),
  },
  errors: ['forbidden', 'not-found'],
});

import { z } from 'zod';
import { connectionPolicySchema } from '../../resources/connection-policy.ts';
import { name, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const environmentSchema = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    name,
    credentialIds: z
      .array(z.string())
      .describe('The cloud credentials linked to it: what an administrator may choose for its requests.'),
    connectionPolicy: connectionPolicySchema
      .nullable()
      .describe("Which address of its instances to connect to; null: the cloud's, or the gateway's."),
    createdAt: timestamp,
  })
  .meta({ id: 'Environment' });

export const environmentCreateRoute = defineRoute({
  name: 'environment-create',
  method: 'POST',
  path: '/v1/environments',
  tag: 'Environments',
  summary: 'Create an environment in your organization',
  auth: 'token',
  permission: 'environments:manage',
  params: nothing,
  query: nothing,
  body: z.strictObject({ name, connectionPolicy: connectionPolicySchema.nullable().default(null) }),
  answer: { status: 201, description: 'The environment', schema: environmentSchema },
  errors: ['conflict'],
});

import { z } from 'zod';
import { connectionPolicySchema } from '../../resources/connection-policy.ts';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { environmentSchema } from './environment-create.ts';

export const environmentUpdateRoute = defineRoute({
  name: 'environment-update',
  method: 'PATCH',
  path: '/v1/environments/:environment',
  tag: 'Environments',
  summary: 'Set the connection policy of an environment',
  auth: 'token',
  permission: 'environments:manage',
  params: z.strictObject({ environment: z.string().min(1).max(64) }),
  query: nothing,
  body: z.strictObject({
    connectionPolicy: connectionPolicySchema.nullable().describe("Null: the cloud's, or the gateway's."),
  }),
  answer: { status: 200, description: 'The environment as it is now', schema: environmentSchema },
  errors: ['not-found'],
});

import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { environmentSchema } from './environment-create.ts';

export const environmentUnlinkRoute = defineRoute({
  name: 'environment-unlink',
  method: 'DELETE',
  path: '/v1/environments/:environment/credentials/:credential',
  tag: 'Environments',
  summary: 'Unlink cloud credentials from an environment',
  description: 'Refused while an access request of the environment uses them. Safe to repeat.',
  auth: 'token',
  permission: 'environments:manage',
  params: z.strictObject({ environment: z.string().min(1).max(64), credential: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The environment as it is now', schema: environmentSchema },
  errors: ['not-found', 'conflict'],
});

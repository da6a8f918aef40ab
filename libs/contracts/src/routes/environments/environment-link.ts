import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { environmentSchema } from './environment-create.ts';

export const environmentLinkRoute = defineRoute({
  name: 'environment-link',
  method: 'PUT',
  path: '/v1/environments/:environment/credentials/:credential',
  tag: 'Environments',
  summary: 'Link cloud credentials to an environment',
  description: 'They may then be chosen for the access requests of that environment. Safe to repeat.',
  auth: 'token',
  permission: 'environments:manage',
  params: z.strictObject({ environment: z.string().min(1).max(64), credential: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The environment as it is now', schema: environmentSchema },
  errors: ['not-found', 'conflict'],
});

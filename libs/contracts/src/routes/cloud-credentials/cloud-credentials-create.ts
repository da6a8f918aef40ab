import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { cloudCredentialsSchema } from '../accounts/cloud-credentials.ts';
import { cloudSlug, name, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { credentialScopes, storedCredentialsSchema } from './stored-credentials.ts';

export const cloudCredentialsCreateRoute = defineRoute({
  name: 'cloud-credentials-create',
  method: 'POST',
  path: '/v1/cloud-credentials',
  tag: 'Cloud credentials',
  summary: 'Store cloud credentials for the environments of your organization',
  description:
    'The gateway asks the cloud whose they are, keeps them encrypted and never shows them again. `global` ones need organizations:manage.',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    cloud: cloudSlug,
    name,
    scope: z.enum(credentialScopes).default('organization'),
    credentials: cloudCredentialsSchema,
    environmentIds: z.array(z.string().min(1).max(64)).max(100).default([]).describe('To link at once.'),
  }),
  answer: {
    status: 201,
    description: 'What is stored, without the secrets',
    schema: storedCredentialsSchema,
  },
  errors: [...cloudErrorCodes, 'forbidden'],
});

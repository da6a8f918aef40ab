import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { cloudCredentialsSchema } from '../accounts/cloud-credentials.ts';
import { name, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { credentialParams, storedCredentialsSchema } from './stored-credentials.ts';

export const cloudCredentialsReplaceRoute = defineRoute({
  name: 'cloud-credentials-replace',
  method: 'PUT',
  path: '/v1/cloud-credentials/:credential',
  tag: 'Cloud credentials',
  summary: 'Replace stored keys by new ones of the same cloud account',
  description:
    'For the rotation of keys: everything that uses them goes on with the new ones. Keys of another cloud account are refused (409).',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: credentialParams,
  query: nothing,
  body: z.strictObject({ name: name.optional(), credentials: cloudCredentialsSchema }),
  answer: { status: 200, description: 'What is stored now', schema: storedCredentialsSchema },
  errors: [...cloudErrorCodes, 'conflict'],
});

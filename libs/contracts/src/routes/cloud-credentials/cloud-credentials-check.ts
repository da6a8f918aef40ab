import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { credentialParams, storedCredentialsSchema } from './stored-credentials.ts';

export const cloudCredentialsCheckRoute = defineRoute({
  name: 'cloud-credentials-check',
  method: 'POST',
  path: '/v1/cloud-credentials/:credential/check',
  tag: 'Cloud credentials',
  summary: 'Ask the cloud now whether it still accepts stored credentials',
  description: 'The gateway also does this by itself on a clock.',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: credentialParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'With the status of just now', schema: storedCredentialsSchema },
  errors: [...cloudErrorCodes],
});

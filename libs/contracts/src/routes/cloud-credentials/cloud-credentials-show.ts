import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { credentialParams, storedCredentialsSchema } from './stored-credentials.ts';

export const cloudCredentialsShowRoute = defineRoute({
  name: 'cloud-credentials-show',
  method: 'GET',
  path: '/v1/cloud-credentials/:credential',
  tag: 'Cloud credentials',
  summary: 'Show stored cloud credentials, without the secrets',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: credentialParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'What is stored, and what uses it', schema: storedCredentialsSchema },
  errors: ['not-found'],
});

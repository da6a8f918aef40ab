import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { credentialParams } from './stored-credentials.ts';

export const cloudCredentialsDeleteRoute = defineRoute({
  name: 'cloud-credentials-delete',
  method: 'DELETE',
  path: '/v1/cloud-credentials/:credential',
  tag: 'Cloud credentials',
  summary: 'Delete stored cloud credentials',
  description:
    'Refused (409) while an environment, an approved or active access request or a proven account uses them; the message names what does.',
  auth: 'token',
  permission: 'cloud-credentials:manage',
  params: credentialParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'They are gone', schema: z.object({ id: z.string() }) },
  errors: ['not-found', 'conflict'],
});

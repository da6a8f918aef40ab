import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessDetailsSchema, accessRequestParams, accessRequestSchema } from './access-request.ts';

export const accessRequestSecretRoute = defineRoute({
  name: 'access-request-secret',
  method: 'POST',
  path: '/v1/access-requests/:request/secret',
  tag: 'Access requests',
  summary: 'Take the key and the secret of an approved request, once',
  description:
    'Only the requester, and only once: a second time is refused (409), except as a repetition with the same Idempotency-Key. The request is active afterwards. A lost secret cannot be recovered; make a new request.',
  auth: 'token',
  permission: 'access-requests:create',
  params: accessRequestParams,
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The request, active, with the secret',
    schema: accessRequestSchema.extend({ secretAccessKey: z.string(), details: accessDetailsSchema }),
  },
  errors: ['not-found', 'conflict', 'forbidden'],
});

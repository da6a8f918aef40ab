import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessRequestSchema, accessRequestStates } from './access-request.ts';

export const accessRequestListRoute = defineRoute({
  name: 'access-request-list',
  method: 'GET',
  path: '/v1/access-requests',
  tag: 'Access requests',
  summary: 'List access requests, newest first',
  description:
    'With access-requests:manage: all of your organization, or of one environment. Without it: your own ones.',
  auth: 'token',
  params: nothing,
  query: z.strictObject({
    ...page,
    environment: z.string().max(64).optional(),
    state: z.enum(accessRequestStates).optional(),
    requestedBy: z.string().max(64).optional(),
    service: z.string().max(64).optional(),
  }),
  body: noBody,
  answer: { status: 200, description: 'A page of requests', schema: pageOf(accessRequestSchema) },
});

import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accessDetailsSchema, accessRequestParams, accessRequestSchema } from './access-request.ts';

export const accessRequestShowRoute = defineRoute({
  name: 'access-request-show',
  method: 'GET',
  path: '/v1/access-requests/:request',
  tag: 'Access requests',
  summary: 'Show an access request with its details of use',
  description: 'Never with the secret: that is shown once, when it is taken.',
  auth: 'token',
  params: accessRequestParams,
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The request; `details` once its secret was taken',
    schema: accessRequestSchema.extend({ details: accessDetailsSchema.nullable() }),
  },
  errors: ['not-found'],
});

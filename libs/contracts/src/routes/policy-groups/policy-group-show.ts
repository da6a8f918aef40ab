import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { policyGroupParams, policyGroupSchema } from './policy-group.ts';

export const policyGroupShowRoute = defineRoute({
  name: 'policy-group-show',
  method: 'GET',
  path: '/v1/policy-groups/:group',
  tag: 'Policy groups',
  summary: 'Show a policy group',
  auth: 'token',
  permission: 'policies:manage',
  params: policyGroupParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The group', schema: policyGroupSchema },
  errors: ['not-found'],
});

import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { policyGroupParams } from './policy-group.ts';

export const policyGroupDeleteRoute = defineRoute({
  name: 'policy-group-delete',
  method: 'DELETE',
  path: '/v1/policy-groups/:group',
  tag: 'Policy groups',
  summary: 'Delete a policy group',
  description: 'Refused (409) while an approved or active request uses it.',
  auth: 'token',
  permission: 'policies:manage',
  params: policyGroupParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'It is gone', schema: z.object({ id: z.string() }) },
  errors: ['not-found', 'conflict'],
});

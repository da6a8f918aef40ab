import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { policyGroupFields, policyGroupParams, policyGroupSchema } from './policy-group.ts';

export const policyGroupReplaceRoute = defineRoute({
  name: 'policy-group-replace',
  method: 'PUT',
  path: '/v1/policy-groups/:group',
  tag: 'Policy groups',
  summary: 'Replace the rules of a policy group',
  description: 'Every proxy goes by the new rules within a second.',
  auth: 'token',
  permission: 'policies:manage',
  params: policyGroupParams,
  query: nothing,
  body: z.strictObject(policyGroupFields),
  answer: { status: 200, description: 'The group as it is now', schema: policyGroupSchema },
  errors: ['not-found', 'conflict', 'validation-failed'],
});

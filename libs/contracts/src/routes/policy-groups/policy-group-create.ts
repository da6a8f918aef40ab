import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { policyGroupFields, policyGroupSchema } from './policy-group.ts';

export const policyGroupCreateRoute = defineRoute({
  name: 'policy-group-create',
  method: 'POST',
  path: '/v1/policy-groups',
  tag: 'Policy groups',
  summary: 'Create a policy group',
  auth: 'token',
  permission: 'policies:manage',
  params: nothing,
  query: nothing,
  body: z.strictObject(policyGroupFields),
  answer: { status: 201, description: 'The group', schema: policyGroupSchema },
  errors: ['conflict', 'validation-failed'],
});

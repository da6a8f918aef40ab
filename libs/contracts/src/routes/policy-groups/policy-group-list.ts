import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { policyGroupSchema } from './policy-group.ts';

export const policyGroupListRoute = defineRoute({
  name: 'policy-group-list',
  method: 'GET',
  path: '/v1/policy-groups',
  tag: 'Policy groups',
  summary: 'List the policy groups of your organization',
  auth: 'token',
  permission: 'policies:manage',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of groups', schema: pageOf(policyGroupSchema) },
});

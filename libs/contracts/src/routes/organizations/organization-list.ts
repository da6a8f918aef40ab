import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { organizationSchema } from './organization-create.ts';

export const organizationListRoute = defineRoute({
  name: 'organization-list',
  method: 'GET',
  path: '/v1/organizations',
  tag: 'Organizations',
  summary: 'List the organizations',
  auth: 'token',
  permission: 'organizations:manage',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of organizations', schema: pageOf(organizationSchema) },
});

import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { accountSchema } from './account-prove.ts';

export const accountListRoute = defineRoute({
  name: 'account-list',
  method: 'GET',
  path: '/v1/accounts',
  tag: 'Accounts',
  summary: 'List the cloud accounts that you have proven',
  auth: 'token',
  permission: 'resources:read',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of accounts', schema: pageOf(accountSchema) },
});

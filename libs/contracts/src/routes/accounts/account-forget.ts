import { z } from 'zod';
import { accountId, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const accountForgetRoute = defineRoute({
  name: 'account-forget',
  method: 'DELETE',
  path: '/v1/accounts/:account',
  tag: 'Accounts',
  summary: 'Give up a proven account and delete the credentials you proved it with',
  description: 'Other clients keep their own proof. Nothing changes in the cloud.',
  auth: 'token',
  permission: 'accounts:prove',
  params: z.strictObject({ account: accountId }),
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The account is no longer granted to you',
    schema: z.object({ id: accountId }),
  },
  errors: ['account-not-proven'],
});

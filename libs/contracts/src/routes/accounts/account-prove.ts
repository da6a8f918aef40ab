import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { accountId, cloudSlug, name, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { cloudCredentialsSchema } from './cloud-credentials.ts';

export const accountSchema = z
  .object({
    id: accountId,
    cloud: cloudSlug,
    cloudAccountId: z.string().describe("The cloud's own number of the account."),
    name: z.string().nullable(),
    credentialsStatus: z.enum(['valid', 'invalid']).describe('Of the credentials that you proved it with.'),
    provenAt: timestamp,
  })
  .meta({ id: 'Account' });

export const accountProveRoute = defineRoute({
  name: 'account-prove',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'Accounts',
  summary: 'Prove a cloud account by sending its credentials',
  description:
    'The gateway asks the cloud whose credentials these are and grants you that account. Every client proves every account that it works on, also one that another client has proven. The credentials are kept encrypted and never shown again.',
  auth: 'token',
  permission: 'accounts:prove',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    cloud: cloudSlug,
    name: name.optional(),
    credentials: cloudCredentialsSchema,
  }),
  answer: { status: 201, description: 'The account, now granted to you', schema: accountSchema },
  errors: [...cloudErrorCodes],
});

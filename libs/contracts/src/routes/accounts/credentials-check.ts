import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { accountId, cloudSlug, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { cloudCredentialsSchema } from './cloud-credentials.ts';

export const credentialsCheckRoute = defineRoute({
  name: 'credentials-check',
  method: 'POST',
  path: '/v1/credential-checks',
  tag: 'Accounts',
  summary: 'Check cloud credentials without keeping them (CheckCredentials)',
  auth: 'token',
  permission: 'accounts:prove',
  params: nothing,
  query: nothing,
  body: z.strictObject({ cloud: cloudSlug, credentials: cloudCredentialsSchema }),
  answer: {
    status: 200,
    description: 'What the cloud says about them',
    schema: z.object({
      valid: z.boolean(),
      account: accountId.nullable().describe('Whose they are; null when they are not valid.'),
      cloudAccountId: z.string().nullable(),
      identity: z
        .string()
        .nullable()
        .describe("The cloud's name of who these credentials are, for example an ARN."),
      missingPermissions: z
        .array(z.string())
        .describe("The cloud's own names of needed permissions that are denied."),
      unknownPermissions: z.array(z.string()).describe('Needed permissions that could not be checked.'),
      message: z.string().nullable().describe('What the cloud said, when they are not valid.'),
    }),
  },
  errors: [...cloudErrorCodes],
});

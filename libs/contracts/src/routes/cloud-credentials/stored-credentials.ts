// Cloud credentials as the gateway shows them: never the secrets themselves.
import { z } from 'zod';
import { accountId, cloudSlug, name, timestamp } from '../fields.ts';

export const credentialScopes = ['organization', 'global'] as const;

export const storedCredentialsSchema = z
  .object({
    id: z.string(),
    scope: z
      .enum(credentialScopes)
      .describe(
        '`global`: every organization may use them. Only for cloud accounts that all of them may share.',
      ),
    cloud: cloudSlug,
    name: name.nullable(),
    kind: z.enum(['access-key', 'role']),
    accountId: accountId.describe('The cloud account that they belong to, as the cloud said.'),
    identity: z.string().nullable().describe('Who they are in the cloud, for example an ARN.'),
    publicPart: z.string().nullable().describe('The access key id, or the ARN of the role.'),
    status: z.enum(['valid', 'invalid']),
    statusReason: z.string().nullable().describe('What the cloud said when it refused them.'),
    checkedAt: timestamp,
    createdAt: timestamp,
    usedBy: z
      .object({
        environmentIds: z.array(z.string()),
        accessRequestIds: z.array(z.string()).describe('Approved and active ones.'),
        clientIds: z.array(z.string()).describe('API clients that have proven their account with them.'),
      })
      .describe('They can be deleted when nothing uses them.'),
  })
  .meta({ id: 'StoredCredentials' });

export const credentialParams = z.strictObject({ credential: z.string().min(1).max(64) });

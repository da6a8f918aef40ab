// What a client sends to prove a cloud account, or an administrator stores. Write-only: no answer, event or log ever
// holds it.
import { z } from 'zod';

const staticKey = {
  accessKeyId: z.string().regex(/^[\w]{16,128}$/, 'must be an access key id: 16 to 128 letters and digits'),
  secretAccessKey: z.string().min(16).max(256),
  sessionToken: z.string().min(1).max(4096).optional(),
};

export const cloudCredentialsSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('access-key'), ...staticKey }),
    z
      .strictObject({
        kind: z.literal('role'),
        roleArn: z
          .string()
          .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'must be the ARN of an IAM role'),
        externalId: z
          .string()
          .min(2)
          .max(1224)
          .regex(/^[\w+=,.@:/-]+$/, 'must be an external id as AWS takes it')
          .optional(),
        source: z.strictObject(staticKey).describe('The keys that may assume the role.'),
      })
      .describe('A role to assume by STS, with the keys of the one who assumes it. Renewed by the gateway.'),
  ])
  .meta({ id: 'CloudCredentials', writeOnly: true });

export type CloudCredentials = z.infer<typeof cloudCredentialsSchema>;

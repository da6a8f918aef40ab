// What a client sends to prove a cloud account. Write-only: no answer, event or log ever holds it.
import { z } from 'zod';

export const cloudCredentialsSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('access-key'),
      accessKeyId: z
        .string()
        .regex(/^[\w]{16,128}$/, 'must be an access key id: 16 to 128 letters and digits'),
      secretAccessKey: z.string().min(16).max(256),
      sessionToken: z.string().min(1).max(4096).optional(),
    }),
  ])
  .meta({ id: 'CloudCredentials', writeOnly: true });

export type CloudCredentials = z.infer<typeof cloudCredentialsSchema>;

// The public half of a key pair that instances are opened with. It exists or it does not.
import { z } from 'zod';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const sshKeyBodySchema = bodySchema('ssh-key')
  .extend({
    fingerprint: z.string().nullable(),
    keyType: z.enum(['rsa', 'ed25519']).nullable(),
    publicKey: z.string().nullable(),
  })
  .meta({ id: 'SshKeyBody' });
export type SshKeyBody = z.infer<typeof sshKeyBodySchema>;

export const sshKeyCreateSchema = createSchema({
  name: z.string().trim().min(1).max(255).describe('Unique in the region.'),
  publicKey: z
    .string()
    .max(16_384)
    .optional()
    .describe('Your own public key, in the format of OpenSSH. Without it the cloud makes a pair.'),
  keyType: z.enum(['rsa', 'ed25519']).optional().describe('Of the pair that the cloud makes.'),
});
export type SshKeyCreate = z.output<typeof sshKeyCreateSchema>;

export const sshKeyUpdateSchema = updateSchema({});
export type SshKeyUpdate = z.output<typeof sshKeyUpdateSchema>;

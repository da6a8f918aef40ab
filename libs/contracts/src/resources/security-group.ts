// What may reach an instance and what it may reach. Its rules are resources of their own.
import { z } from 'zod';
import { cloudId } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const securityGroupBodySchema = bodySchema('security-group')
  .extend({ description: z.string().nullable(), networkId: z.string().nullable() })
  .meta({ id: 'SecurityGroupBody' });
export type SecurityGroupBody = z.infer<typeof securityGroupBodySchema>;

export const securityGroupCreateSchema = createSchema({
  name: z.string().min(1).max(255).describe('Unique in its network.'),
  description: z.string().min(1).max(255),
  networkId: cloudId.optional(),
});
export type SecurityGroupCreate = z.output<typeof securityGroupCreateSchema>;

export const securityGroupUpdateSchema = updateSchema({
  description: z.string().max(255).optional().describe('Not at EC2, where it is fixed.'),
});
export type SecurityGroupUpdate = z.output<typeof securityGroupUpdateSchema>;

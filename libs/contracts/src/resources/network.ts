// A private network: EC2 calls it VPC.
import { z } from 'zod';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const networkBodySchema = bodySchema('network')
  .extend({
    cidrBlocks: z.array(z.string()).describe('The main block first.'),
    isDefault: z.boolean().nullable().describe('True for the one that the cloud uses when none is named.'),
  })
  .meta({ id: 'NetworkBody' });
export type NetworkBody = z.infer<typeof networkBodySchema>;

export const networkCreateSchema = createSchema({ cidrBlock: z.cidrv4() });
export type NetworkCreate = z.output<typeof networkCreateSchema>;

export const networkUpdateSchema = updateSchema({});
export type NetworkUpdate = z.output<typeof networkUpdateSchema>;

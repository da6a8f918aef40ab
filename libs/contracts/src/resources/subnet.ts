// A part of a network, in one datacenter.
import { z } from 'zod';
import { cloudId } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const subnetBodySchema = bodySchema('subnet')
  .extend({
    networkId: z.string().nullable(),
    datacenter: z.string().nullable(),
    cidrBlocks: z.array(z.string()).describe('The main block first.'),
    isDefault: z.boolean().nullable(),
    assignsPublicAddress: z.boolean().nullable().describe('Instances get a public address without asking.'),
  })
  .meta({ id: 'SubnetBody' });
export type SubnetBody = z.infer<typeof subnetBodySchema>;

export const subnetCreateSchema = createSchema({
  networkId: cloudId,
  cidrBlock: z.cidrv4(),
  datacenter: z.string().max(64).optional(),
});
export type SubnetCreate = z.output<typeof subnetCreateSchema>;

export const subnetUpdateSchema = updateSchema({ assignsPublicAddress: z.boolean().optional() });
export type SubnetUpdate = z.output<typeof subnetUpdateSchema>;

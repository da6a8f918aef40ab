// That a public address leads to an instance. Derived from the listing of addresses: no cloud lists it by itself.
import { z } from 'zod';
import { cloudId } from '../routes/fields.ts';
import { createSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const ipAddressBindingBodySchema = bodySchema('ip-address-binding')
  .extend({
    ipAddressId: z.string(),
    address: z.string(),
    instanceId: z.string().nullable(),
    privateAddress: z.string().nullable(),
  })
  .meta({ id: 'IpAddressBindingBody' });
export type IpAddressBindingBody = z.infer<typeof ipAddressBindingBodySchema>;

export const ipAddressBindingCreateSchema = createSchema({
  ipAddressId: cloudId,
  instanceId: cloudId,
  privateAddress: z.ipv4().optional().describe('Which address of the instance; default: its main one.'),
}).omit({ name: true, tags: true });
export type IpAddressBindingCreate = z.output<typeof ipAddressBindingCreateSchema>;

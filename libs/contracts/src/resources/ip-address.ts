// A public address that the account holds, whether it is bound to something or not.
import { z } from 'zod';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const ipAddressBodySchema = bodySchema('ip-address')
  .extend({
    address: z.string(),
    instanceId: z.string().nullable(),
    privateAddress: z.string().nullable().describe('What it leads to.'),
  })
  .meta({ id: 'IpAddressBody' });
export type IpAddressBody = z.infer<typeof ipAddressBodySchema>;

export const ipAddressCreateSchema = createSchema({});
export type IpAddressCreate = z.output<typeof ipAddressCreateSchema>;

export const ipAddressUpdateSchema = updateSchema({});
export type IpAddressUpdate = z.output<typeof ipAddressUpdateSchema>;

// A virtual machine.
import { z } from 'zod';
import { timestamp } from '../routes/fields.ts';
import { bodySchema } from './resource.ts';

export const instanceBodySchema = bodySchema('instance')
  .extend({
    instanceType: z.string().nullable(),
    imageId: z.string().nullable(),
    datacenter: z.string().nullable(),
    publicAddresses: z.array(z.string()),
    privateAddresses: z.array(z.string()),
    publicDnsName: z.string().nullable(),
    privateDnsName: z.string().nullable(),
    networkId: z.string().nullable(),
    subnetId: z.string().nullable(),
    securityGroupIds: z.array(z.string()),
    sshKeyName: z.string().nullable(),
    launchedAt: timestamp.nullable(),
  })
  .meta({ id: 'InstanceBody' });
export type InstanceBody = z.infer<typeof instanceBodySchema>;

export const instanceActions = ['start', 'stop', 'reboot', 'terminate'] as const;
export type InstanceAction = (typeof instanceActions)[number];

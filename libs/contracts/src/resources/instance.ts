// A virtual machine.
import { z } from 'zod';
import { cloudId, timestamp } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
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

export const instanceCreateSchema = createSchema({
  imageId: cloudId,
  instanceType: z.string().min(1).max(64),
  datacenter: z.string().max(64).optional(),
  subnetId: cloudId.optional(),
  securityGroupIds: z.array(cloudId).max(16).optional(),
  sshKeyName: z.string().min(1).max(255).optional(),
  placementGroupName: z.string().min(1).max(255).optional(),
  userData: z
    .string()
    .max(16_384)
    .optional()
    .describe('Plain text; the gateway encodes it as the cloud wants it.'),
});
export type InstanceCreate = z.output<typeof instanceCreateSchema>;

export const instanceUpdateSchema = updateSchema({
  instanceType: z.string().min(1).max(64).optional().describe('Needs a stopped instance at EC2.'),
  securityGroupIds: z.array(cloudId).min(1).max(16).optional(),
});
export type InstanceUpdate = z.output<typeof instanceUpdateSchema>;

export const instanceActions = ['start', 'stop', 'reboot', 'terminate', 'suspend', 'resume'] as const;
export type InstanceAction = (typeof instanceActions)[number];

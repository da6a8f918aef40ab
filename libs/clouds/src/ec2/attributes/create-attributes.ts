// What `cloudAttributes` takes when something is made at EC2, beside what every cloud has. A name means the same as in
// the cloudAttributes that one reads, where it is told there.
import type { CreatableType } from '@cloud-gateway/contracts';
import { z } from 'zod';

const id = z.string().min(1).max(255);
const gigabytes = z.int().min(1).max(65_536);
const onOrOff = z.enum(['enabled', 'disabled']);

export const createAttributes = {
  instance: z.strictObject({
    associatePublicAddress: z.boolean().optional(),
    creditSpecification: z.enum(['standard', 'unlimited']).optional(),
    disableApiTermination: z.boolean().optional(),
    ebsOptimized: z.boolean().optional(),
    hibernation: z.boolean().optional(),
    iamInstanceProfile: z.string().min(1).max(2_048).optional(),
    instanceInitiatedShutdownBehavior: z.enum(['stop', 'terminate']).optional(),
    metadataHttpTokens: z.enum(['optional', 'required']).optional(),
    monitoring: onOrOff.optional(),
    privateAddress: z.ipv4().optional(),
    rootVolumeEncrypted: z.boolean().optional(),
    rootVolumeGigabytes: gigabytes.optional(),
    rootVolumeType: z.string().min(1).max(64).optional(),
    tenancy: z.enum(['default', 'dedicated', 'host']).optional(),
  }),
  volume: z.strictObject({
    kmsKeyId: id.optional(),
    multiAttachEnabled: z.boolean().optional(),
    throughput: z.int().min(1).optional(),
  }),
  image: z.strictObject({
    architecture: z.enum(['i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac']).optional(),
    bootMode: z.enum(['legacy-bios', 'uefi', 'uefi-preferred']).optional(),
    enaSupport: z.boolean().optional(),
    encrypted: z.boolean().optional(),
    kmsKeyId: id.optional(),
    noReboot: z.boolean().optional(),
    rootDeviceName: z.string().min(1).max(64).optional(),
    virtualizationType: z.enum(['hvm', 'paravirtual']).optional(),
  }),
  'volume-snapshot': z.strictObject({ encrypted: z.boolean().optional(), kmsKeyId: id.optional() }),
  network: z.strictObject({
    instanceTenancy: z.enum(['default', 'dedicated']).optional(),
    ipv6: z.boolean().optional(),
  }),
  subnet: z.strictObject({ ipv6CidrBlock: z.cidrv6().optional() }),
  'security-group': z.strictObject({}),
  'security-group-rule': z.strictObject({ peerAccountId: id.optional() }),
  'ssh-key': z.strictObject({}),
  'ip-address': z.strictObject({
    address: z.ipv4().optional(),
    networkBorderGroup: id.optional(),
    publicIpv4Pool: id.optional(),
  }),
  'ip-address-binding': z.strictObject({
    allowReassociation: z.boolean().optional(),
    networkInterfaceId: id.optional(),
  }),
  'volume-attachment': z.strictObject({}),
  'placement-group': z.strictObject({ spreadLevel: z.enum(['host', 'rack']).optional() }),
} as const satisfies Record<CreatableType, z.ZodObject>;

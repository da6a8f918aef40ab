// What `cloudAttributes` takes when something is changed at EC2, beside what every cloud has.
import type { UpdatableType } from '@cloud-gateway/contracts';
import { z } from 'zod';

const none = z.strictObject({});

export const updateAttributes = {
  instance: z.strictObject({
    creditSpecification: z.enum(['standard', 'unlimited']).optional(),
    disableApiTermination: z.boolean().optional(),
    ebsOptimized: z.boolean().optional(),
    instanceInitiatedShutdownBehavior: z.enum(['stop', 'terminate']).optional(),
    metadataHttpTokens: z.enum(['optional', 'required']).optional(),
    monitoring: z.enum(['enabled', 'disabled']).optional(),
    sourceDestCheck: z.boolean().optional(),
  }),
  volume: z.strictObject({
    multiAttachEnabled: z.boolean().optional(),
    throughput: z.int().min(1).optional(),
  }),
  network: z.strictObject({
    enableDnsHostnames: z.boolean().optional(),
    enableDnsSupport: z.boolean().optional(),
  }),
  subnet: z.strictObject({
    assignsIpv6Address: z.boolean().optional(),
    enableDns64: z.boolean().optional(),
  }),
  image: none,
  'volume-snapshot': none,
  'security-group': none,
  'security-group-rule': none,
  'ssh-key': none,
  'ip-address': none,
  'placement-group': none,
} as const satisfies Record<UpdatableType, z.ZodObject>;

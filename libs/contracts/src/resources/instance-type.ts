// A size of instance.
import { z } from 'zod';
import { bodySchema } from './resource.ts';

export const instanceTypeBodySchema = bodySchema('instance-type')
  .extend({
    cpuCount: z.number().nullable(),
    memoryMegabytes: z.number().nullable(),
    localDiskGigabytes: z.number().nullable(),
    architectures: z.array(z.string()),
  })
  .meta({ id: 'InstanceTypeBody' });
export type InstanceTypeBody = z.infer<typeof instanceTypeBodySchema>;

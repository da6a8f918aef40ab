// A kind of volume that the cloud offers.
import { z } from 'zod';
import { bodySchema } from './resource.ts';

export const volumeTypeBodySchema = bodySchema('volume-type')
  .extend({
    description: z.string().nullable(),
    gigabytesMin: z.number().nullable(),
    gigabytesMax: z.number().nullable(),
    iopsMax: z.number().nullable(),
  })
  .meta({ id: 'VolumeTypeBody' });
export type VolumeTypeBody = z.infer<typeof volumeTypeBodySchema>;

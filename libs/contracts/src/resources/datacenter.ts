// A place inside a region that fails on its own: an availability zone.
import { z } from 'zod';
import { bodySchema } from './resource.ts';

export const datacenterBodySchema = bodySchema('datacenter')
  .extend({ zoneType: z.string().nullable() })
  .meta({ id: 'DatacenterBody' });
export type DatacenterBody = z.infer<typeof datacenterBodySchema>;

// A wish how instances are to be placed on the cloud's hosts.
import { z } from 'zod';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

const strategies = ['cluster', 'spread', 'partition'] as const;

export const placementGroupBodySchema = bodySchema('placement-group')
  .extend({ strategy: z.string().nullable(), partitionCount: z.int().nullable() })
  .meta({ id: 'PlacementGroupBody' });
export type PlacementGroupBody = z.infer<typeof placementGroupBodySchema>;

export const placementGroupCreateSchema = createSchema({
  name: z.string().trim().min(1).max(255).describe('Unique in the account and region.'),
  strategy: z.enum(strategies),
  partitionCount: z.int().min(1).max(7).optional(),
});
export type PlacementGroupCreate = z.output<typeof placementGroupCreateSchema>;

export const placementGroupUpdateSchema = updateSchema({});
export type PlacementGroupUpdate = z.output<typeof placementGroupUpdateSchema>;

// What an instance is started from.
import { z } from 'zod';
import { cloudId, region } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const imageBodySchema = bodySchema('image')
  .extend({
    description: z.string().nullable(),
    architecture: z.string().nullable(),
    platform: z.enum(['linux', 'windows']).nullable(),
  })
  .meta({ id: 'ImageBody' });
export type ImageBody = z.infer<typeof imageBodySchema>;

export const imageCreateSchema = createSchema({
  name: z.string().min(3).max(128).describe('Unique in the account and region.'),
  description: z.string().max(255).optional(),
  instanceId: cloudId.optional().describe('Takes the image of an instance.'),
  snapshotId: cloudId.optional().describe('Makes an image whose root disk is this snapshot.'),
  copyOf: z
    .strictObject({ imageId: cloudId, region })
    .optional()
    .describe('Copies an image, of another region too.'),
}).refine(
  (spec) => [spec.instanceId, spec.snapshotId, spec.copyOf].filter((of) => of !== undefined).length === 1,
  { message: 'exactly one of instanceId, snapshotId and copyOf is needed', path: ['instanceId'] },
);
export type ImageCreate = z.output<typeof imageCreateSchema>;

export const imageUpdateSchema = updateSchema({ description: z.string().max(255).optional() });
export type ImageUpdate = z.output<typeof imageUpdateSchema>;

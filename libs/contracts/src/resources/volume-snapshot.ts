// The content of a volume at one moment.
import { z } from 'zod';
import { cloudId, region } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const volumeSnapshotBodySchema = bodySchema('volume-snapshot')
  .extend({
    description: z.string().nullable(),
    volumeId: z.string().nullable(),
    gigabytes: z.number().nullable(),
    progressPercent: z.number().nullable(),
    encrypted: z.boolean().nullable(),
  })
  .meta({ id: 'VolumeSnapshotBody' });
export type VolumeSnapshotBody = z.infer<typeof volumeSnapshotBodySchema>;

export const volumeSnapshotCreateSchema = createSchema({
  volumeId: cloudId.optional(),
  copyOf: z
    .strictObject({ snapshotId: cloudId, region })
    .optional()
    .describe('Copies a snapshot, of another region too, instead of taking one.'),
  description: z.string().max(255).optional(),
}).refine((spec) => (spec.volumeId === undefined) !== (spec.copyOf === undefined), {
  message: 'exactly one of volumeId and copyOf is needed',
  path: ['volumeId'],
});
export type VolumeSnapshotCreate = z.output<typeof volumeSnapshotCreateSchema>;

export const volumeSnapshotUpdateSchema = updateSchema({});
export type VolumeSnapshotUpdate = z.output<typeof volumeSnapshotUpdateSchema>;

// A disk that instances can attach.
import { z } from 'zod';
import { cloudId } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const volumeBodySchema = bodySchema('volume')
  .extend({
    gigabytes: z.number().nullable(),
    volumeType: z.string().nullable(),
    iops: z.number().nullable(),
    datacenter: z.string().nullable(),
    snapshotId: z.string().nullable().describe('What it was made from.'),
    encrypted: z.boolean().nullable(),
  })
  .meta({ id: 'VolumeBody' });
export type VolumeBody = z.infer<typeof volumeBodySchema>;

export const volumeCreateSchema = createSchema({
  datacenter: z.string().min(1).max(64),
  gigabytes: z.int().min(1).max(65_536).optional().describe('Needed without snapshotId.'),
  snapshotId: cloudId.optional(),
  volumeType: z.string().max(64).optional(),
  iops: z.int().min(1).optional(),
  encrypted: z.boolean().optional(),
}).refine((spec) => spec.gigabytes !== undefined || spec.snapshotId !== undefined, {
  message: 'is needed without snapshotId',
  path: ['gigabytes'],
});
export type VolumeCreate = z.output<typeof volumeCreateSchema>;

export const volumeUpdateSchema = updateSchema({
  gigabytes: z.int().min(1).max(65_536).optional(),
  volumeType: z.string().max(64).optional(),
  iops: z.int().min(1).optional(),
});
export type VolumeUpdate = z.output<typeof volumeUpdateSchema>;

// That an instance has a volume. Derived from the listing of volumes: no cloud lists it by itself.
import { z } from 'zod';
import { cloudId, timestamp } from '../routes/fields.ts';
import { createSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

export const volumeAttachmentBodySchema = bodySchema('volume-attachment')
  .extend({
    volumeId: z.string(),
    instanceId: z.string(),
    device: z.string().nullable(),
    deleteOnTermination: z.boolean().nullable(),
    attachedAt: timestamp.nullable(),
  })
  .meta({ id: 'VolumeAttachmentBody' });
export type VolumeAttachmentBody = z.infer<typeof volumeAttachmentBodySchema>;

export const volumeAttachmentCreateSchema = createSchema({
  volumeId: cloudId,
  instanceId: cloudId,
  device: z.string().max(64).optional().describe('Needed at EC2, for example /dev/sdf.'),
}).omit({ name: true, tags: true });
export type VolumeAttachmentCreate = z.output<typeof volumeAttachmentCreateSchema>;

// What an instance is started from.
import { z } from 'zod';
import { bodySchema } from './resource.ts';

export const imageBodySchema = bodySchema('image')
  .extend({
    description: z.string().nullable(),
    architecture: z.string().nullable(),
    platform: z.enum(['linux', 'windows']).nullable(),
  })
  .meta({ id: 'ImageBody' });
export type ImageBody = z.infer<typeof imageBodySchema>;

// The document that a client reads, per type: the body from the cloud, and the gateway's record of it.
import type { z } from 'zod';
import { datacenterBodySchema } from './datacenter.ts';
import { imageBodySchema } from './image.ts';
import { instanceBodySchema } from './instance.ts';
import { instanceTypeBodySchema } from './instance-type.ts';
import { recordSchema } from './resource.ts';

export const bodySchemas = {
  datacenter: datacenterBodySchema,
  'instance-type': instanceTypeBodySchema,
  image: imageBodySchema,
  instance: instanceBodySchema,
} as const;

export const documentSchemas = {
  datacenter: recordSchema.extend(datacenterBodySchema.shape).meta({ id: 'Datacenter' }),
  'instance-type': recordSchema.extend(instanceTypeBodySchema.shape).meta({ id: 'InstanceType' }),
  image: recordSchema.extend(imageBodySchema.shape).meta({ id: 'Image' }),
  instance: recordSchema.extend(instanceBodySchema.shape).meta({ id: 'Instance' }),
} as const;

export type Instance = z.infer<typeof documentSchemas.instance>;

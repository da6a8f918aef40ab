// The document that a client reads, per type: the body from the cloud, and the gateway's record of it.
import type { z } from 'zod';
import { datacenterBodySchema } from './datacenter.ts';
import { imageBodySchema } from './image.ts';
import { instanceBodySchema } from './instance.ts';
import { instanceTypeBodySchema } from './instance-type.ts';
import { recordSchema } from './resource.ts';
import type { ResourceType } from './resource-types.ts';

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

/** The document and the body of each type. */
export type DocumentOf<T extends ResourceType> = z.infer<(typeof documentSchemas)[T]>;
export type BodyOf<T extends ResourceType> = z.infer<(typeof bodySchemas)[T]>;

// zod's types lose themselves in a schema that is chosen by a type parameter; these two say what comes out.
export function documentSchemaOf<T extends ResourceType>(type: T): z.ZodType<DocumentOf<T>> {
  return documentSchemas[type] as unknown as z.ZodType<DocumentOf<T>>;
}

export function bodySchemaOf<T extends ResourceType>(type: T): z.ZodType<BodyOf<T>> {
  return bodySchemas[type] as unknown as z.ZodType<BodyOf<T>>;
}

export type Instance = z.infer<typeof documentSchemas.instance>;

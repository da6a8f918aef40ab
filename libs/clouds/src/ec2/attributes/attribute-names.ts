// The names that cloudAttributes takes per type, as `GET /v1/clouds/:cloud` tells them.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { z } from 'zod';
import { createAttributes } from './create-attributes.ts';
import { updateAttributes } from './update-attributes.ts';

type Schemas = { readonly [T in ResourceType]?: z.ZodObject };

/** Empty lists for a type that takes none, or cannot be made or changed. */
export function attributeNames(type: ResourceType): {
  readonly create: readonly string[];
  readonly update: readonly string[];
} {
  return { create: namesIn(createAttributes, type), update: namesIn(updateAttributes, type) };
}

function namesIn(schemas: Schemas, type: ResourceType): readonly string[] {
  return Object.keys(schemas[type]?.shape ?? {});
}

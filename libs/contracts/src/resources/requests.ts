// What every body of a create and of an update has, whatever the type.
import { z } from 'zod';
import { name, region } from '../routes/fields.ts';

const tagKey = z.string().min(1).max(128);
const tagValue = z.string().max(256);

const cloudAttributes = z
  .record(z.string(), z.unknown())
  .describe('What only this cloud has; GET /v1/clouds/:cloud lists what it takes. Anything else is refused.');

/** `name` and `tags` can be narrowed by the fields of the type. */
export function createSchema<F extends z.ZodRawShape>(fields: F) {
  const own = {
    region,
    name: name.optional(),
    tags: z.record(tagKey, tagValue).default({}),
    cloudAttributes: cloudAttributes.default({}),
  };
  // TypeScript takes a spread of a type parameter for an intersection, and then `name` would be of both types at once.
  return z.strictObject({ ...own, ...fields } as Omit<typeof own, keyof F> & F);
}

/** Only what is named changes. */
export function updateSchema<F extends z.ZodRawShape>(fields: F) {
  return z
    .strictObject({
      name: name.optional(),
      tags: z
        .record(tagKey, tagValue.nullable())
        .optional()
        .describe('Tags to set; null removes one. Others stay (RFC 7396).'),
      cloudAttributes: cloudAttributes.optional(),
      ...fields,
    })
    .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
      message: 'names nothing to change',
    });
}

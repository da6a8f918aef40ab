import type { z } from 'zod';

/** Takes out of a JSON Schema that zod has made what tells a reader nothing, or would break him. Changes it in place. */
export function simplifyJsonSchema(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  // The format says it; the expression that checks leap years is not for readers.
  if (schema.format === 'date-time') delete schema.pattern;
  // The bounds of z.int() are those of JavaScript, not of the API.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // An answer may gain a field at any time, and a caller must not break for it.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}

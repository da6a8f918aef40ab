// Rule for versions: a minor version adds fields, a major one may change or remove them and has another first word in the
// routing key. So a consumer takes every 1.x, and ignores fields that it does not know.
import { z } from 'zod';

/** What the gateway writes now. */
export const presentSchemaVersion = '1.0';

export const schemaVersion = z
  .string()
  .regex(/^1\.\d+$/, 'must be a version that this schema can read: 1.x')
  .describe('1.x: a minor version only adds fields.');

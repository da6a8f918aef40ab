// The fields that many routes share, so that each is described in one place.
import { z } from 'zod';

export const nothing = z.strictObject({});
export const noBody = z.undefined();

export const timestamp = z.iso.datetime().describe('ISO 8601 in UTC.');
export const cloudSlug = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a cloud name such as ec2');
export const accountId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,127}$/, 'must be an account id such as ec2-123456789012')
  .describe("The gateway's id of a cloud account: the cloud's name, a dash, the cloud's own account number.");
export const region = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, 'must be a region name such as us-east-1');
export const name = z.string().trim().min(1).max(128);
export const cloudId = z.string().min(1).max(255);

export const page = {
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('How many at the most.'),
  cursor: z.string().max(1024).optional().describe('`nextCursor` of the page before.'),
};

/** A page of a list: items in a fixed order, and the cursor of the next page, null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

import { z } from 'zod';
import { timestamp } from '../fields.ts';

/** Which calls are meant. Without usage:read only those of your own keys. */
export const usageFilters = {
  from: timestamp.optional().describe('Inclusive; default: 24 hours ago.'),
  to: timestamp.optional().describe('Exclusive; default: now.'),
  environment: z.string().max(64).optional(),
  accessKeyId: z.string().max(64).optional(),
  accessRequest: z.string().max(64).optional(),
  user: z.string().max(64).optional().describe('The client that requested the access.'),
  service: z.string().max(64).optional(),
  region: z.string().max(64).optional(),
  action: z.string().max(128).optional(),
};

import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { usageFilters } from './usage-filters.ts';

export const usageDimensions = [
  'accessKeyId',
  'accessRequest',
  'user',
  'environment',
  'service',
  'region',
  'action',
  'hour',
] as const;

export type UsageDimension = (typeof usageDimensions)[number];

const usageSumSchema = z
  .object({
    by: z
      .partialRecord(z.enum(usageDimensions), z.string())
      .describe('The value of each dimension asked for; hours as ISO 8601.'),
    calls: z.int(),
    refused: z.int().describe('By the gateway.'),
    failed: z.int().describe('Answered 4xx or 5xx by the cloud, or not at all.'),
    bytesIn: z.int().describe('Bodies sent to the cloud.'),
    bytesOut: z.int().describe('Bodies sent to the client.'),
    durationMs: z.int().describe('Sum over all calls.'),
  })
  .meta({ id: 'UsageSum' });

export const usageSummaryRoute = defineRoute({
  name: 'usage-summary',
  method: 'GET',
  path: '/v1/usage',
  tag: 'Usage',
  summary: 'Sum up the calls made through the proxy',
  description:
    'By the hour: `from` and `to` are widened to full hours. Group by any of the dimensions, separated by commas.',
  auth: 'token',
  params: nothing,
  query: z.strictObject({
    ...usageFilters,
    by: z
      .string()
      .max(200)
      .regex(/^[a-zA-Z]+(,[a-zA-Z]+)*$/, `must be some of ${usageDimensions.join(', ')}, separated by commas`)
      .default('service'),
    limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  }),
  body: noBody,
  answer: {
    status: 200,
    description: 'The sums, most calls first; by hour: in the order of time',
    schema: z.object({ items: z.array(usageSumSchema) }),
  },
  errors: ['validation-failed'],
});

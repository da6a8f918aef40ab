import { z } from 'zod';
import { noBody, nothing, page, pageOf, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { usageFilters } from './usage-filters.ts';

export const usageOutcomes = ['answered', 'refused', 'failed'] as const;
export type UsageOutcome = (typeof usageOutcomes)[number];

const usageCallSchema = z
  .object({
    id: z
      .string()
      .describe('Also in the log of the proxy, and in the header x-cloud-gateway-call-id of the answer.'),
    at: timestamp,
    accessKeyId: z.string(),
    accessRequestId: z.string(),
    user: z.string(),
    environmentId: z.string(),
    service: z.string().nullable(),
    region: z.string().nullable(),
    action: z.string().nullable(),
    method: z.string(),
    host: z.string(),
    status: z.int().describe('Of the answer that the client got; 0 when it went away before.'),
    outcome: z.enum(usageOutcomes).describe('failed: the cloud could not be reached or broke off.'),
    refusal: z.string().nullable().describe('Why the gateway refused it.'),
    bytesIn: z.int(),
    bytesOut: z.int(),
    durationMs: z.number(),
    cloudRequestId: z.string().nullable(),
    clientAddress: z.string(),
  })
  .meta({ id: 'UsageCall' });

export const usageCallsRoute = defineRoute({
  name: 'usage-calls',
  method: 'GET',
  path: '/v1/usage/calls',
  tag: 'Usage',
  summary: 'List the calls made through the proxy, newest first',
  auth: 'token',
  params: nothing,
  query: z.strictObject({ ...page, ...usageFilters, outcome: z.enum(usageOutcomes).optional() }),
  body: noBody,
  answer: { status: 200, description: 'A page of calls', schema: pageOf(usageCallSchema) },
});

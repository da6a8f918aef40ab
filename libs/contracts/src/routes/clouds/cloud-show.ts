import { z } from 'zod';
import { connectionPolicySchema } from '../../resources/connection-policy.ts';
import { allResourceTypes, resourceCalls } from '../../resources/resource-types.ts';
import { cloudSlug, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';

const stateSchema = z
  .object({
    state: z.string(),
    meaning: z.string(),
    transitional: z.boolean().describe('It will change by itself soon; between two looks it may be missed.'),
    rawStates: z.array(z.string()).describe("The cloud's own words for it."),
    allows: z.array(z.enum(resourceCalls)).describe('The writes that can succeed in this state.'),
  })
  .meta({ id: 'StateDescription' });

export const cloudSchema = z
  .object({
    id: cloudSlug,
    kind: z.string().describe('Which API it speaks, for example ec2.'),
    names: z.array(z.string()).describe('Every name that it goes by in paths and settings.'),
    regions: z.array(z.string()),
    connectionPolicy: connectionPolicySchema.describe('Where no environment is named.'),
    features: z.record(z.string(), z.boolean()).describe('What clouds differ in, for example `dryRun`.'),
    resources: z.array(
      z.object({
        type: z.enum(allResourceTypes),
        collection: z.string(),
        calls: z.array(z.enum(resourceCalls)),
        states: z.array(stateSchema),
        cloudAttributes: z
          .object({ create: z.array(z.string()), update: z.array(z.string()) })
          .describe('What cloudAttributes takes in a create and in an update.'),
        polled: z
          .object({
            group: z.string(),
            floorSeconds: z.number(),
            normalSeconds: z.number(),
            ceilingSeconds: z.number(),
          })
          .describe(
            'How often it is listed: from floor, while something changes, to ceiling, when all is quiet.',
          ),
      }),
    ),
  })
  .meta({ id: 'Cloud' });

export const cloudShowRoute = defineRoute({
  name: 'cloud-show',
  method: 'GET',
  path: '/v1/clouds/:cloud',
  tag: 'Clouds',
  summary: 'Show what one cloud can do',
  auth: 'token',
  permission: 'resources:read',
  params: z.strictObject({ cloud: cloudSlug }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The cloud', schema: cloudSchema },
  errors: ['not-found'],
});

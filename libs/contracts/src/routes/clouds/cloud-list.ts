import { z } from 'zod';
import { allResourceTypes } from '../../resources/resource-types.ts';
import { cloudSlug, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';

const cloudSchema = z
  .object({
    id: cloudSlug,
    kind: z.string().describe('Which API it speaks, for example ec2.'),
    regions: z.array(z.string()),
    resources: z.array(
      z.object({
        type: z.enum(allResourceTypes),
        collection: z.string(),
        calls: z.array(z.string()).describe('list, show, history, launch, start, …'),
        states: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Cloud' });

export const cloudListRoute = defineRoute({
  name: 'cloud-list',
  method: 'GET',
  path: '/v1/clouds',
  tag: 'Clouds',
  summary: 'List the clouds and what each can do',
  auth: 'token',
  permission: 'resources:read',
  params: nothing,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The clouds', schema: z.object({ items: z.array(cloudSchema) }) },
});

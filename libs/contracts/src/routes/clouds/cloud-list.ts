import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { cloudSchema } from './cloud-show.ts';

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

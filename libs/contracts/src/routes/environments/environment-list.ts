import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { environmentSchema } from './environment-create.ts';

export const environmentListRoute = defineRoute({
  name: 'environment-list',
  method: 'GET',
  path: '/v1/environments',
  tag: 'Environments',
  summary: 'List the environments of your organization',
  auth: 'token',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of environments', schema: pageOf(environmentSchema) },
});

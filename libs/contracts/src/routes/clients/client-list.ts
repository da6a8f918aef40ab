import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { clientSchema } from './client-create.ts';

export const clientListRoute = defineRoute({
  name: 'client-list',
  method: 'GET',
  path: '/v1/clients',
  tag: 'Clients',
  summary: 'List the API clients of your organization',
  auth: 'token',
  permission: 'clients:manage',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of clients', schema: pageOf(clientSchema) },
});

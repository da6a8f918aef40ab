import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { clientSchema } from './client-create.ts';

export const clientDisableRoute = defineRoute({
  name: 'client-disable',
  method: 'DELETE',
  path: '/v1/clients/:client',
  tag: 'Clients',
  summary: 'Disable an API client and revoke its tokens',
  auth: 'token',
  permission: 'clients:manage',
  params: z.strictObject({ client: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The disabled client', schema: clientSchema },
  errors: ['not-found'],
});

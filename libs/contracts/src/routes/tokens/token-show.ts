import { z } from 'zod';
import { noBody, nothing, timestamp } from '../fields.ts';
import { allPermissions } from '../permissions.ts';
import { defineRoute } from '../route.ts';

export const tokenShowRoute = defineRoute({
  name: 'token-show',
  method: 'GET',
  path: '/v1/tokens/current',
  tag: 'Tokens',
  summary: 'Show whose token this is and what it allows',
  auth: 'token',
  params: nothing,
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The token without its secret part',
    schema: z.object({
      id: z.string(),
      clientId: z.string(),
      organizationId: z.string(),
      permissions: z.array(z.enum(allPermissions)),
      expiresAt: timestamp,
    }),
  },
});

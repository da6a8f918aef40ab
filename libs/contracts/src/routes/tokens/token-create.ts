import { z } from 'zod';
import { nothing, timestamp } from '../fields.ts';
import { allPermissions } from '../permissions.ts';
import { defineRoute } from '../route.ts';

export const tokenCreateRoute = defineRoute({
  name: 'token-create',
  method: 'POST',
  path: '/v1/tokens',
  tag: 'Tokens',
  summary: 'Authenticate and get a token',
  description: 'The token is shown in this answer only; the gateway keeps nothing but its hash.',
  auth: 'none',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    clientId: z.string().min(1).max(64),
    clientSecret: z.string().min(1).max(256),
    permissions: z
      .array(z.enum(allPermissions))
      .optional()
      .describe('Fewer permissions than the client has, for this token only.'),
    expiresInSeconds: z.int().min(60).max(86_400).default(3600),
  }),
  answer: {
    status: 201,
    description: 'The token',
    schema: z.object({
      id: z.string().describe('Names the token without being it; use it to revoke.'),
      token: z.string(),
      tokenType: z.literal('Bearer'),
      permissions: z.array(z.enum(allPermissions)),
      expiresAt: timestamp,
    }),
  },
  errors: ['unauthenticated', 'forbidden', 'too-many-requests'],
});

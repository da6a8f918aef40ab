import { z } from 'zod';
import { noBody, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const tokenRevokeRoute = defineRoute({
  name: 'token-revoke',
  method: 'DELETE',
  path: '/v1/tokens/:token',
  tag: 'Tokens',
  summary: 'Revoke a token at once',
  description:
    "`current` is the token of this request. Any other token of the same client may be named by its id; another client's only with clients:manage.",
  auth: 'token',
  params: z.strictObject({ token: z.string().min(1).max(64) }),
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'It is refused everywhere from now on',
    schema: z.object({ id: z.string(), revokedAt: timestamp }),
  },
  errors: ['not-found', 'forbidden'],
});

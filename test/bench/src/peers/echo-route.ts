import { defineRoute } from '@cloud-gateway/contracts';
import { z } from 'zod';
import { echoItemSchema } from '../exchange/echo-item.ts';

/** An ordinary route of the gateway, with everything on that a route can have: token, permission, schemas. */
export const echoRoute = defineRoute({
  name: 'echo-show',
  method: 'GET',
  path: '/v1/echo/items/:id',
  tag: 'echo',
  summary: 'Answer with what was sent',
  auth: 'token',
  permission: 'resources:read',
  params: z.object({ id: z.string().regex(/^item-[0-9]{4}$/) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  body: echoItemSchema,
  answer: {
    status: 200,
    schema: z.object({ id: z.string(), limit: z.number(), self: z.string(), item: echoItemSchema }),
    description: 'The item, its id and the limit, as they were sent.',
  },
});

import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { deadLetterParams } from './dead-letter-redeliver.ts';

export const deadLetterDiscardRoute = defineRoute({
  name: 'dead-letter-discard',
  method: 'DELETE',
  path: '/v1/subscriptions/:subscription/dead-letters/:deadLetter',
  tag: 'Events',
  summary: 'Discard a dead letter',
  auth: 'token',
  permission: 'resources:read',
  params: deadLetterParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'It is gone', schema: z.object({ id: z.string() }) },
  errors: ['not-found', 'conflict'],
});

import { z } from 'zod';
import { allResourceTypes } from '../../resources/resource-types.ts';
import { noBody, region } from '../fields.ts';
import { pollUnitSchema } from '../polling/polling-list.ts';
import { defineRoute } from '../route.ts';
import { collectionParams } from './resource-query.ts';

export const accountRefreshRoute = defineRoute({
  name: 'account-refresh',
  method: 'POST',
  path: '/v1/clouds/:cloud/accounts/:account/refresh',
  tag: 'Sync and refresh',
  summary: 'List an account again: all of it, a region, or a type',
  description:
    'Answered when the listings are in the store: 200. When some are not by the deadline of the request, 202; those are still polled as soon as possible. `state` and `error` of each unit tell of listings that failed.',
  auth: 'token',
  permission: 'resources:read',
  params: collectionParams,
  query: z.strictObject({ region: region.optional(), type: z.enum(allResourceTypes).optional() }),
  body: noBody,
  answer: {
    status: 200,
    description: 'The units of polling, with the outcome of the listing that was asked for',
    schema: z.object({
      complete: z
        .boolean()
        .describe('True when each of them was listed after this request came, or has failed.'),
      items: z.array(pollUnitSchema),
    }),
    others: { 202: 'The same, before all of them were listed' },
  },
  errors: ['account-not-proven', 'not-found'],
});

import { documentSchemaOf } from '../../resources/documents.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { noBody } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { resourceParams, showQuery } from './resource-query.ts';

/** One show route per type. A deleted resource answers 410 with its last body. */
export function resourceShowRoute<T extends ResourceType>(type: T) {
  return defineRoute({
    name: `${type}-show`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id`,
    tag: 'Resources',
    summary: `Show one ${resourceTypes[type].noun}`,
    description:
      'Has an ETag that changes with every revision; with If-None-Match an unchanged one answers 304. Fewer fields come with `view` and `fields`.',
    auth: 'token',
    permission: 'resources:read',
    params: resourceParams,
    query: showQuery,
    body: noBody,
    answer: {
      status: 200,
      description: 'The resource as last seen',
      schema: documentSchemaOf(type),
      others: { 304: 'It is still what you have' },
    },
    headers: ['if-none-match'],
    errors: ['account-not-proven', 'not-found', 'gone'],
  });
}

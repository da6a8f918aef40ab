import { z } from 'zod';
import { documentSchemaOf, updateSchemaOf } from '../../resources/documents.ts';
import { resourceTypes, type UpdatableType } from '../../resources/resource-types.ts';
import { defineRoute } from '../route.ts';
import { dryRunAnswer, resourceParams, writeErrors, writeQuery } from './resource-query.ts';

/** One update route per type. */
export function resourceUpdateRoute<T extends UpdatableType>(type: T) {
  const { collection, one } = resourceTypes[type];
  return defineRoute({
    name: `${type}-update`,
    method: 'PATCH',
    path: `/v1/clouds/:cloud/accounts/:account/${collection}/:id`,
    tag: 'Resources',
    summary: `Change ${one}`,
    description:
      'Only what is named changes. With If-Match (an ETag that you were given) the change is refused when somebody else changed the resource since.',
    auth: 'token',
    permission: 'resources:write',
    params: resourceParams,
    query: writeQuery,
    body: updateSchemaOf(type),
    answer: {
      status: 200,
      description: 'The resource as it is now',
      schema: z.union([documentSchemaOf(type), dryRunAnswer]),
      others: { 202: 'The same while the cloud is still at it' },
    },
    headers: ['if-match', 'prefer'],
    errors: writeErrors,
  });
}

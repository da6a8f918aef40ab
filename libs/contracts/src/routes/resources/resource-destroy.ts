import { z } from 'zod';
import { documentSchemaOf } from '../../resources/documents.ts';
import { type DestroyableType, resourceTypes } from '../../resources/resource-types.ts';
import { noBody } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { dryRunAnswer, flag, resourceParams, writeErrors, writeQuery } from './resource-query.ts';

/** One destroy route per type. */
export function resourceDestroyRoute<T extends DestroyableType>(type: T) {
  const { collection, one } = resourceTypes[type];
  return defineRoute({
    name: `${type}-destroy`,
    method: 'DELETE',
    path: `/v1/clouds/:cloud/accounts/:account/${collection}/:id`,
    tag: 'Resources',
    summary: `Destroy ${one}`,
    description:
      'Answers 200 with the last document, deletedAt set, when it is gone, and 202 while the cloud is still at it.',
    auth: 'token',
    permission: 'resources:write',
    params: resourceParams,
    query: writeQuery.extend({
      force: flag.describe('Without waiting for the instance to let go; where the cloud has it.'),
    }),
    body: noBody,
    answer: {
      status: 200,
      description: 'The last of the resource',
      schema: z.union([documentSchemaOf(type), dryRunAnswer]),
      others: { 202: 'The resource on its way out' },
    },
    headers: ['if-match', 'prefer'],
    errors: writeErrors,
  });
}

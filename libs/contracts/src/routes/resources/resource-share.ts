import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { resourceTypes, type ShareableType } from '../../resources/resource-types.ts';
import { defineRoute } from '../route.ts';
import { resourceParams, writeQuery } from './resource-query.ts';
import { sharingSchema } from './resource-sharing.ts';

/** Sets who may use it: those that are not named lose it. Safe to repeat. */
export function resourceShareRoute<T extends ShareableType>(type: T) {
  return defineRoute({
    name: `${type}-share`,
    method: 'PUT',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id/sharing`,
    tag: 'Sharing',
    summary: `Share, publish or take back one ${resourceTypes[type].noun}`,
    description:
      'Only for its owner. The whole list is set: an account that is not named may not use it any more.',
    auth: 'token',
    permission: 'resources:write',
    params: resourceParams,
    query: writeQuery.omit({ dryRun: true }),
    body: z.strictObject({
      public: z.boolean(),
      accounts: z
        .array(z.string().regex(/^[\w-]{1,64}$/, 'must be an account number of the cloud'))
        .max(1000),
    }),
    answer: {
      status: 200,
      description: 'Who may use it now',
      schema: sharingSchema,
      others: { 202: 'The same while the cloud is still at it' },
    },
    headers: ['if-match'],
    errors: ['account-not-proven', 'gone', 'not-owner', 'precondition-failed', ...cloudErrorCodes],
  });
}

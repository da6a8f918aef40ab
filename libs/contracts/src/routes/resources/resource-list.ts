import { z } from 'zod';
import { documentSchemaOf } from '../../resources/documents.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { accountId, cloudSlug, noBody, page, pageOf, region } from '../fields.ts';
import { defineRoute } from '../route.ts';

/** One list route per type: the same question, another document. */
export function resourceListRoute<T extends ResourceType>(type: T) {
  const states = resourceTypes[type].states as readonly string[] as [string, ...string[]];
  return defineRoute({
    name: `${type}-list`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}`,
    tag: 'Resources',
    summary: `List ${resourceTypes[type].collection.replace('-', ' ')}`,
    description:
      'Answered from the store, which the poller keeps equal to the cloud. Published resources are included.',
    auth: 'token',
    permission: 'resources:read',
    params: z.strictObject({ cloud: cloudSlug, account: accountId }),
    query: z.strictObject({
      region: region.optional(),
      state: z.enum(states).optional(),
      name: z.string().max(255).optional().describe('The whole name, exactly.'),
      ...page,
    }),
    body: noBody,
    answer: { status: 200, description: 'A page of the list', schema: pageOf(documentSchemaOf(type)) },
    errors: ['account-not-proven', 'not-found'],
  });
}

import { z } from 'zod';
import { documentSchemaOf } from '../../resources/documents.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { accountId, cloudId, cloudSlug, noBody, region } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const resourceParams = z.strictObject({
  cloud: cloudSlug,
  account: accountId,
  id: cloudId.describe("The gateway's id, or the cloud's own."),
});

export const resourceQuery = z.strictObject({
  region: region.optional().describe("Needed only where the cloud's own id is used in several regions."),
});

/** One show route per type. A deleted resource answers 410 with its last body. */
export function resourceShowRoute<T extends ResourceType>(type: T) {
  return defineRoute({
    name: `${type}-show`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id`,
    tag: 'Resources',
    summary: `Show one ${type.replace('-', ' ')}`,
    auth: 'token',
    permission: 'resources:read',
    params: resourceParams,
    query: resourceQuery,
    body: noBody,
    answer: { status: 200, description: 'The resource as last seen', schema: documentSchemaOf(type) },
    errors: ['account-not-proven', 'not-found', 'gone'],
  });
}

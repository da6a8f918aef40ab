import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { documentSchemaOf } from '../../resources/documents.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { noBody } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { oneQuery, resourceParams } from './resource-query.ts';

/** Asks the cloud for one resource now; answered when that is in the store. */
export function resourceRefreshRoute<T extends ResourceType>(type: T) {
  return defineRoute({
    name: `${type}-refresh`,
    method: 'POST',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id/refresh`,
    tag: 'Sync and refresh',
    summary: `Look again at one ${resourceTypes[type].noun}`,
    auth: 'token',
    permission: 'resources:read',
    params: resourceParams,
    query: oneQuery,
    body: noBody,
    answer: {
      status: 200,
      description: 'The resource as the cloud says it now',
      schema: documentSchemaOf(type),
    },
    errors: ['account-not-proven', 'gone', ...cloudErrorCodes],
  });
}

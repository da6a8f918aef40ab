import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { documentSchemas } from '../../resources/documents.ts';
import type { InstanceAction } from '../../resources/instance.ts';
import { noBody } from '../fields.ts';
import { resourceParams, resourceQuery } from '../resources/resource-show.ts';
import { defineRoute } from '../route.ts';

/** One route per action: start, stop, reboot, terminate. */
export function instanceActionRoute(action: InstanceAction) {
  return defineRoute({
    name: `instance-${action}`,
    method: 'POST',
    path: `/v1/clouds/:cloud/accounts/:account/instances/:id/${action}`,
    tag: 'Instances',
    summary: `${action[0]?.toUpperCase()}${action.slice(1)} an instance`,
    auth: 'token',
    permission: 'resources:write',
    params: resourceParams,
    query: resourceQuery,
    body: noBody,
    answer: {
      status: 202,
      description: 'The instance, with the state that the cloud answered',
      schema: documentSchemas.instance,
    },
    errors: [
      'account-not-proven',
      'gone',
      'conflict',
      'not-supported',
      'outcome-unknown',
      ...cloudErrorCodes,
    ],
  });
}

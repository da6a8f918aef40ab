import { z } from 'zod';
import { documentSchemas } from '../../resources/documents.ts';
import type { InstanceAction } from '../../resources/instance.ts';
import { noBody } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { dryRunAnswer, resourceParams, writeErrors, writeQuery } from './resource-query.ts';

/** One route per action: start, stop, reboot, terminate, suspend, resume. */
export function instanceActionRoute<A extends InstanceAction>(action: A) {
  return defineRoute({
    name: `instance-${action}`,
    method: 'POST',
    path: `/v1/clouds/:cloud/accounts/:account/instances/:id/${action}`,
    tag: 'Resources',
    summary: `${action[0]?.toUpperCase()}${action.slice(1)} an instance`,
    description:
      '202 with the state that the cloud answered; `Prefer: wait=<seconds>` waits for the next stable state, and then it is 200.',
    auth: 'token',
    permission: 'resources:write',
    params: resourceParams,
    query: writeQuery,
    body: noBody,
    answer: {
      status: 202,
      description: 'The instance, with the state that the cloud answered',
      schema: z.union([documentSchemas.instance, dryRunAnswer]),
      others: { 200: 'The same in a state that stays, or it would succeed (`dryRun`)' },
    },
    headers: ['if-match', 'prefer'],
    errors: [...writeErrors, 'outcome-unknown'],
  });
}

import { policyGroupShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertOwnPolicyGroup } from '../assert-own-policy-group.ts';
import { toPolicyGroupBody } from '../policy-group-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function policyGroupShow({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(policyGroupShowRoute, async ({ caller: { organizationId }, params: { group: id } }) => {
    const group = await store.read.policyGroups.find(id);
    assertOwnPolicyGroup(group, { id, organizationId });
    return { body: await toPolicyGroupBody(store.read, group) };
  });
}

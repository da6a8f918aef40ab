import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { GatewayError, policyGroupDeleteRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertOwnPolicyGroup } from '../assert-own-policy-group.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a second run finds in the audit log that the first one did it. */
export function policyGroupDelete({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(policyGroupDeleteRoute, async (request) => {
    const id = request.params.group;
    const { organizationId } = request.caller;
    await store.inTransaction(async (tx) => {
      // Locked, so that no approval chooses it meanwhile.
      const group = await tx.policyGroups.lock(id);
      if (group === undefined) {
        const earlier = await findEarlierEffect({ audit: tx.audit, clock }, request, 'policy-group.deleted');
        if (earlier === id) return;
      }
      assertOwnPolicyGroup(group, { id, organizationId });
      const users = await tx.accessRequests.listUsers({ policyGroupId: id });
      if (users.length > 0) throw inUse(users.map((user) => user.id));
      await tx.policyGroups.delete(id);
      const details = { name: group.name };
      await tx.audit.append(
        auditEntry(clock, request, { action: 'policy-group.deleted', subjectId: id, details }),
      );
    });
    return { body: { id } };
  });
}

function inUse(requestIds: readonly string[]): GatewayError {
  return new GatewayError('conflict', {
    message: `Access requests are governed by this group: ${requestIds.join(', ')}. Revoke or archive them first, or replace the rules.`,
  });
}

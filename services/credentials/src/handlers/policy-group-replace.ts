import { auditEntry } from '@cloud-gateway/access';
import { GatewayError, policyGroupReplaceRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertOwnPolicyGroup } from '../assert-own-policy-group.ts';
import { toPolicyGroupBody } from '../policy-group-body.ts';
import { withServiceIds } from '../with-service-ids.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;

/** Safe to run twice: the same rules are put in place once more. */
export function policyGroupReplace(deps: Deps): Handler {
  return handler(policyGroupReplaceRoute, async (request) => {
    const { store, clock } = deps;
    const id = request.params.group;
    const { organizationId } = request.caller;
    const { name, description } = request.body;
    const rules = withServiceIds(request.body.rules, deps);
    const replaced = await store.inTransaction(async (tx) => {
      const present = await tx.policyGroups.lock(id);
      assertOwnPolicyGroup(present, { id, organizationId });
      const change = { name, description, rules, updatedAt: new Date(clock.nowMs()) };
      if ((await tx.policyGroups.replace(id, change)) === 'name-taken') {
        throw new GatewayError('conflict', { message: `Another policy group is named ${name} already.` });
      }
      // What was in force at any time can be told from the log.
      const details = { name, rules };
      await tx.audit.append(
        auditEntry(clock, request, { action: 'policy-group.replaced', subjectId: id, details }),
      );
      return { ...present, ...change };
    });
    return { body: await toPolicyGroupBody(store.read, replaced) };
  });
}

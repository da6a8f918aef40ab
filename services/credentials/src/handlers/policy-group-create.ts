import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { GatewayError, policyGroupCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { PolicyGroup, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { toPolicyGroupBody } from '../policy-group-body.ts';
import { withServiceIds } from '../with-service-ids.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;
type Request = HandlerRequest<typeof policyGroupCreateRoute>;

/** Safe to run twice: a second run finds in the audit log which group the first one made. */
export function policyGroupCreate(deps: Deps): Handler {
  return handler(policyGroupCreateRoute, async (request) => {
    const group = await deps.store.inTransaction(
      async (tx) => (await findEarlier(tx, deps, request)) ?? (await create(tx, deps, request)),
    );
    return { body: await toPolicyGroupBody(deps.store.read, group) };
  });
}

async function findEarlier(
  tx: Repositories,
  { clock }: Deps,
  request: Request,
): Promise<PolicyGroup | undefined> {
  const earlierId = await findEarlierEffect({ audit: tx.audit, clock }, request, 'policy-group.created');
  return earlierId === undefined ? undefined : tx.policyGroups.find(earlierId);
}

async function create(tx: Repositories, deps: Deps, request: Request): Promise<PolicyGroup> {
  const { clock } = deps;
  const { name, description, rules: named } = request.body;
  const { organizationId } = request.caller;
  const id = mintId('pol', clock);
  const createdAt = new Date(clock.nowMs());
  const rules = withServiceIds(named, deps);
  const group = { id, organizationId, name, description, rules, createdAt };
  if ((await tx.policyGroups.create(group)) === 'name-taken') throw nameTaken(name);
  const details = { name, rules };
  await tx.audit.append(
    auditEntry(clock, request, { action: 'policy-group.created', subjectId: id, details }),
  );
  return { ...group, version: 1, updatedAt: createdAt };
}

function nameTaken(name: string): GatewayError {
  return new GatewayError('conflict', {
    message: `There is a policy group named ${name} already; names differ by more than their case.`,
  });
}

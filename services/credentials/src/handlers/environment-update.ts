import { auditEntry } from '@cloud-gateway/access';
import { environmentUpdateRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toEnvironmentBody } from '../environment-body.ts';
import { findEnvironment } from '../find-environment.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: it names what is to be, and only a change is noted. */
export function environmentUpdate({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(environmentUpdateRoute, async (request) => {
    const { environment: id } = request.params;
    const { connectionPolicy } = request.body;
    const { organizationId } = request.caller;
    const environment = await store.inTransaction(async (tx) => {
      const before = await findEnvironment(tx, { id, organizationId });
      if (before.connectionPolicy === connectionPolicy) return before;
      await tx.environments.setConnectionPolicy(id, connectionPolicy);
      const details = { from: before.connectionPolicy, to: connectionPolicy };
      await tx.audit.append(
        auditEntry(clock, request, { action: 'environment.updated', subjectId: id, details }),
      );
      return { ...before, connectionPolicy };
    });
    return { body: toEnvironmentBody(environment) };
  });
}

import { auditEntry } from '@cloud-gateway/access';
import { environmentLinkRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertUsable } from '../assert-usable-credentials.ts';
import { toEnvironmentBody } from '../environment-body.ts';
import { findEnvironment } from '../find-environment.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: they are linked once. */
export function environmentLink({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(environmentLinkRoute, async (request) => {
    const { environment: environmentId, credential: credentialId } = request.params;
    const { organizationId } = request.caller;
    const environment = await store.inTransaction(async (tx) => {
      await findEnvironment(tx, { id: environmentId, organizationId });
      // Locked, so that they cannot be deleted before the link can be seen.
      assertUsable(await tx.credentials.lock(credentialId), { id: credentialId, organizationId });
      if (await tx.environments.link(environmentId, credentialId, new Date(clock.nowMs()))) {
        const details = { credentialId };
        await tx.audit.append(
          auditEntry(clock, request, { action: 'environment.linked', subjectId: environmentId, details }),
        );
      }
      return findEnvironment(tx, { id: environmentId, organizationId });
    });
    return { body: toEnvironmentBody(environment) };
  });
}

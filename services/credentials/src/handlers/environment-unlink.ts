import { auditEntry } from '@cloud-gateway/access';
import { environmentUnlinkRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertUsable } from '../assert-usable-credentials.ts';
import { toEnvironmentBody } from '../environment-body.ts';
import { findEnvironment } from '../find-environment.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: what is not linked stays so. */
export function environmentUnlink({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(environmentUnlinkRoute, async (request) => {
    const { environment: environmentId, credential: credentialId } = request.params;
    const { organizationId } = request.caller;
    const environment = await store.inTransaction(async (tx) => {
      await findEnvironment(tx, { id: environmentId, organizationId });
      // Locked, so that no approval chooses them meanwhile.
      assertUsable(await tx.credentials.lock(credentialId), { id: credentialId, organizationId });
      const users = await tx.accessRequests.listUsers({ credentialId, environmentId });
      if (users.length > 0) throw inUse(users.map(({ id }) => id));
      if (await tx.environments.unlink(environmentId, credentialId)) {
        const details = { credentialId };
        await tx.audit.append(
          auditEntry(clock, request, { action: 'environment.unlinked', subjectId: environmentId, details }),
        );
      }
      return findEnvironment(tx, { id: environmentId, organizationId });
    });
    return { body: toEnvironmentBody(environment) };
  });
}

function inUse(requestIds: readonly string[]): GatewayError {
  return new GatewayError('conflict', {
    message: `Access requests of this environment use these credentials: ${requestIds.join(', ')}. Revoke or archive them first.`,
  });
}

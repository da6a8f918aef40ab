import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { cloudCredentialsDeleteRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Caller, type Handler, handler } from '@cloud-gateway/messaging';
import type { CredentialUses, Repositories } from '@cloud-gateway/store';
import { assertChangeable } from '../assert-usable-credentials.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a second run finds in the audit log that the first one did it. */
export function cloudCredentialsDelete({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(cloudCredentialsDeleteRoute, async (request) => {
    const { caller } = request;
    const id = request.params.credential;
    await store.inTransaction(async (tx) => {
      const credential = await tx.credentials.lock(id);
      if (credential === undefined) {
        const earlier = await findEarlierEffect(
          { audit: tx.audit, clock },
          request,
          'cloud-credentials.deleted',
        );
        if (earlier === id) return;
      }
      assertChangeable(credential, { id, caller });
      if (!(await tx.credentials.deleteUnused(id))) throw await inUse(tx, caller, id);
      const { cloud, accountId, name, publicPart } = credential;
      const details = { cloud, accountId, name, publicPart };
      await tx.audit.append(
        auditEntry(clock, request, { action: 'cloud-credentials.deleted', subjectId: id, details }),
      );
    });
    return { body: { id } };
  });
}

async function inUse(
  { credentials }: Pick<Repositories, 'credentials'>,
  { permissions, organizationId }: Caller,
  id: string,
): Promise<GatewayError> {
  const seesAll = permissions.has('organizations:manage');
  const uses = (await credentials.usesOf([id], seesAll ? undefined : organizationId)).get(id);
  return new GatewayError('conflict', {
    message: `These credentials are in use${uses === undefined ? '' : listed(uses)}. Unlink, archive or forget these first.`,
  });
}

function listed({ environmentIds, accessRequestIds, clientIds }: CredentialUses): string {
  const parts = [
    ['environments', environmentIds],
    ['access requests', accessRequestIds],
    ['clients that have proven their account with them', clientIds],
  ] as const;
  const used = parts.filter(([, ids]) => ids.length > 0).map(([what, ids]) => `${what}: ${ids.join(', ')}`);
  return used.length === 0 ? '' : ` by ${used.join('; ')}`;
}

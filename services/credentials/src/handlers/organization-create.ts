import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { GatewayError, organizationCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { mintId } from '@cloud-gateway/vault';
import { toOrganizationBody } from '../organization-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a second run finds the organization that the first one made. */
export function organizationCreate({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(organizationCreateRoute, async (request) => {
    const { name } = request.body;
    const id = mintId('org', clock);
    const organization = await store.inTransaction(async (tx) => {
      const ensured = await tx.organizations.ensure({ id, name, createdAt: new Date(clock.nowMs()) });
      if (ensured.id === id) {
        await tx.audit.append(
          auditEntry(clock, request, { action: 'organization.created', subjectId: id, details: { name } }),
        );
        return ensured;
      }
      const earlierId = await findEarlierEffect({ audit: tx.audit, clock }, request, 'organization.created');
      if (ensured.id === earlierId) return ensured;
      throw new GatewayError('conflict', {
        message: `There is an organization named ${ensured.name} already.`,
      });
    });
    return { body: toOrganizationBody(organization) };
  });
}

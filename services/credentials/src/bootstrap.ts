// The first client: without one nobody could log in to create one.
import type { Clock } from '@cloud-gateway/clock';
import { allPermissions } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { hashSecret, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';

export interface Administrator {
  readonly clientId: string;
  /** Only here and only now: the store keeps a hash. */
  readonly clientSecret: string;
  readonly organizationId: string;
}

/**
 * Makes the organization `default` and in it the client `administrator`, who may do everything. Returns undefined when
 * there is any client already. Safe in several processes at once: one of them gets the administrator.
 */
export async function bootstrapAdministrator({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<Administrator | undefined> {
  if (await store.read.clients.any()) return undefined;
  const clientId = mintId('cli', clock);
  const clientSecret = mintToken(tokenPrefixes.clientSecret);
  const secretHash = await hashSecret(clientSecret);
  return store.inTransaction(async (tx) => {
    const createdAt = new Date(clock.nowMs());
    // Whoever comes second waits here until the first is done, and then finds his client.
    const organization = await tx.organizations.ensure({
      id: mintId('org', clock),
      name: 'default',
      createdAt,
    });
    if (await tx.clients.any()) return undefined;
    await tx.clients.create({
      id: clientId,
      organizationId: organization.id,
      name: 'administrator',
      permissions: allPermissions,
      createdAt,
      secretHash,
    });
    await tx.audit.append({
      id: mintId('aud', clock),
      at: createdAt,
      organizationId: organization.id,
      actorId: null,
      action: 'client.created',
      subjectId: clientId,
      requestId: null,
      details: { name: 'administrator', bootstrap: true },
    });
    return { clientId, clientSecret, organizationId: organization.id };
  });
}

// The first client: without one nobody could log in to create one.
import type { Clock } from '@cloud-gateway/clock';
import { allPermissions } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { createClient, mintClientSecret } from './create-client.ts';

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
  const { secret, secretHash } = await mintClientSecret();
  return store.inTransaction(async (tx) => {
    // Whoever comes second waits here until the first is done, and then finds his client.
    const { id: organizationId } = await tx.organizations.ensure({
      id: mintId('org', clock),
      name: 'default',
      createdAt: new Date(clock.nowMs()),
    });
    if (await tx.clients.any()) return undefined;
    const { id: clientId } = await createClient(tx, {
      clock,
      client: { organizationId, name: 'administrator', permissions: allPermissions },
      secretHash,
      request: undefined,
      details: { name: 'administrator', bootstrap: true },
    });
    return { clientId, clientSecret: secret, organizationId };
  });
}

// An API client made by whoever may reach the database: how an operator lets the first programs in, or himself back in.
import { systemClock as clock } from '@cloud-gateway/clock';
import type { Permission } from '@cloud-gateway/contracts';
import { createClient as createClientIn, mintClientSecret } from '@cloud-gateway/credentials';
import type { Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export interface NewClient {
  readonly name: string;
  readonly organizationName: string;
  readonly permissions: readonly Permission[];
}

export interface CreatedClient {
  readonly clientId: string;
  /** Only here and only now: the store keeps a hash. */
  readonly clientSecret: string;
  readonly organizationId: string;
}

export async function createClient(
  store: Store,
  { name, organizationName, permissions }: NewClient,
): Promise<CreatedClient> {
  const { secret, secretHash } = await mintClientSecret();
  return store.inTransaction(async (tx) => {
    const { id: organizationId } = await tx.organizations.ensure({
      id: mintId('org', clock),
      name: organizationName,
      createdAt: new Date(clock.nowMs()),
    });
    const { id: clientId } = await createClientIn(tx, {
      clock,
      client: { organizationId, name, permissions },
      secretHash,
      request: undefined,
      details: { name, permissions, by: 'cloud-gateway client create' },
    });
    return { clientId, clientSecret: secret, organizationId };
  });
}

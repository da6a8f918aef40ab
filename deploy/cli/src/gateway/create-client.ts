// An API client made by whoever may reach the database: how an operator lets the first programs in, or himself back in.
import { systemClock } from '@cloud-gateway/clock';
import type { Permission } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { hashSecret, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';

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
  const clientId = mintId('cli');
  const clientSecret = mintToken(tokenPrefixes.clientSecret);
  const secretHash = await hashSecret(clientSecret);
  return store.inTransaction(async (tx) => {
    const createdAt = new Date(systemClock.nowMs());
    const organization = await tx.organizations.ensure({
      id: mintId('org'),
      name: organizationName,
      createdAt,
    });
    await tx.clients.create({
      id: clientId,
      organizationId: organization.id,
      name,
      permissions,
      createdAt,
      secretHash,
    });
    await tx.audit.append({
      id: mintId('aud'),
      at: createdAt,
      organizationId: organization.id,
      actorId: null,
      action: 'client.created',
      subjectId: clientId,
      requestId: null,
      details: { name, permissions, by: 'cloud-gateway client create' },
    });
    return { clientId, clientSecret, organizationId: organization.id };
  });
}

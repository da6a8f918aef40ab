// Clients with a token each, and the accounts that each has proven: what the workflow would leave, written directly, as
// proving is not what is tested. The accounts are of a cloud that nobody polls: all that happens in them is the test's.
import { seedClient, type TestClient } from '@cloud-gateway/service-test-support';
import type { Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import type { Random } from '../property/random.ts';

export const cloud = 'elsewhere';

export interface SeededClient extends TestClient {
  /** Ids of the accounts that it has proven. */
  readonly accounts: readonly string[];
}

export interface Seeded {
  readonly accounts: readonly string[];
  readonly clients: readonly SeededClient[];
}

export async function seedClients(
  store: Store,
  counts: { readonly clients: number; readonly accounts: number },
  random: Random,
): Promise<Seeded> {
  const createdAt = new Date();
  const organization = await store.read.organizations.ensure({
    id: mintId('org'),
    name: 'default',
    createdAt,
  });
  const accounts = Array.from({ length: counts.accounts }, (_, at) => `${cloud}-${100 + at}`);
  for (const id of accounts) {
    const cloudAccountId = id.slice(cloud.length + 1);
    await store.read.accounts.ensure({ id, cloud, cloudAccountId, createdAt });
    await store.read.credentials.create({
      ...{ id: credentialId(id), organizationId: null, cloud, accountId: id, name: null, kind: 'access-key' },
      ...{ identity: null, publicPart: 'none', sealed: 'nobody opens it', createdAt },
    });
  }
  const clients: SeededClient[] = [];
  for (let at = 0; at < counts.clients; at++) {
    // Never all: of something a client must hear nothing.
    const proven = random.some(accounts, Math.max(1, Math.ceil(accounts.length / 3))).toSorted();
    const client = await seedClient(store, {
      name: `subscriber ${at}`,
      organizationId: organization.id,
      permissions: ['resources:read'],
    });
    await proveAll(store, client.id, proven, createdAt);
    clients.push({ ...client, accounts: proven });
  }
  return { accounts, clients };
}

async function proveAll(
  { read }: Store,
  clientId: string,
  accounts: readonly string[],
  provenAt: Date,
): Promise<void> {
  for (const accountId of accounts)
    await read.grants.put({ clientId, accountId, credentialId: credentialId(accountId), provenAt });
}

function credentialId(accountId: string): string {
  return `cred_${accountId}`;
}

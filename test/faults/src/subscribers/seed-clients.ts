// Clients with a token each, and the accounts that each has proven: what the workflow would leave, written directly, as
// proving is not what is tested. The accounts are of a cloud that nobody polls: all that happens in them is the test's.
import type { Store } from '@cloud-gateway/store';
import { rememberSecret } from '@cloud-gateway/test-support';
import { hashToken, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import type { Random } from '../property/random.ts';

export const cloud = 'elsewhere';

export interface SeededClient {
  readonly id: string;
  readonly token: string;
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
    clients.push(
      await seedClient(store, { organizationId: organization.id, accounts: proven, at, createdAt }),
    );
  }
  return { accounts, clients };
}

async function seedClient(
  { read }: Store,
  client: {
    readonly organizationId: string;
    readonly accounts: readonly string[];
    readonly at: number;
    readonly createdAt: Date;
  },
): Promise<SeededClient> {
  const { organizationId, accounts, at, createdAt } = client;
  const id = mintId('cli');
  const token = mintToken(tokenPrefixes.token);
  rememberSecret(token);
  const permissions = ['resources:read'] as const;
  const secretHash = 'nobody logs in with it';
  await read.clients.create({
    id,
    organizationId,
    name: `subscriber ${at}`,
    permissions,
    createdAt,
    secretHash,
  });
  await read.tokens.create({
    ...{ id: mintId('tok'), hash: hashToken(token), clientId: id, permissions, createdAt },
    expiresAt: new Date(createdAt.getTime() + 86_400_000),
  });
  for (const accountId of accounts)
    await read.grants.put({
      clientId: id,
      accountId,
      credentialId: credentialId(accountId),
      provenAt: createdAt,
    });
  return { id, token, accounts };
}

function credentialId(accountId: string): string {
  return `cred_${accountId}`;
}

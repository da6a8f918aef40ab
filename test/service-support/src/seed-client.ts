import { systemClock } from '@cloud-gateway/clock';
import { defaultClientPermissions, type Permission } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { rememberSecret } from '@cloud-gateway/test-support';
import { hashToken, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';

export interface TestClient {
  readonly id: string;
  readonly token: string;
}

/** A client of an organization that there is, and its token for a day: what the workflow would leave, written directly. */
export async function seedClient(
  store: Store,
  {
    permissions = defaultClientPermissions,
    organizationId = 'org_1',
    name = 'test',
  }: {
    readonly permissions?: readonly Permission[];
    readonly organizationId?: string;
    readonly name?: string;
  } = {},
): Promise<TestClient> {
  const token = mintToken(tokenPrefixes.token);
  rememberSecret(token);
  const id = mintId('cli');
  const createdAt = new Date(systemClock.nowMs());
  const secretHash = 'nobody logs in with it';
  await store.inTransaction(async (tx) => {
    await tx.clients.create({ id, organizationId, name, permissions, createdAt, secretHash });
    await tx.tokens.create({
      ...{ id: mintId('tok'), hash: hashToken(token), clientId: id, permissions, createdAt },
      expiresAt: new Date(createdAt.getTime() + 24 * 3_600_000),
    });
  });
  return { id, token };
}

// What proving an account leaves in the database: written directly, since proving is not what is measured.
import { accountIdOf, credentialContext, type Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { benchAccount } from './bench-account.ts';

/** Gives the gateway's id of the account. */
export async function proveAccount(store: Store, vault: Vault): Promise<string> {
  const { number, accessKeyId, secretAccessKey } = benchAccount;
  const accountId = accountIdOf('ec2', number);
  const id = 'cred_bench';
  const createdAt = new Date();
  const text = JSON.stringify({ kind: 'access-key', accessKeyId, secretAccessKey });
  const sealed = await vault.seal(text, credentialContext(id));
  await store.inTransaction(async (tx) => {
    await tx.accounts.ensure({ id: accountId, cloud: 'ec2', cloudAccountId: number, createdAt });
    await tx.credentials.create({
      id,
      organizationId: null,
      cloud: 'ec2',
      accountId,
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: accessKeyId,
      sealed,
      createdAt,
    });
    await tx.grants.put({ clientId: 'cli_bench', accountId, credentialId: id, provenAt: createdAt });
  });
  return accountId;
}

import type { Store } from '../src/open-store.ts';

export async function addAccount(store: Store, account: string): Promise<void> {
  const [cloud = '', ...number] = account.split('-');
  await store.inTransaction((tx) =>
    tx.accounts.ensure({ id: account, cloud, cloudAccountId: number.join('-'), createdAt: new Date() }),
  );
}

// The accounts that somebody has proven, and which of them can serve a unit of polling.
import { type Account, type PollUnitName, publishedAccountId, type Store } from '@cloud-gateway/store';

const accountsPerRead = 500;

export async function listGrantedAccounts(store: Store): Promise<Account[]> {
  const accounts: Account[] = [];
  for (;;) {
    const page = await store.read.accounts.listGranted({
      afterId: accounts.at(-1)?.id,
      limit: accountsPerRead,
    });
    accounts.push(...page);
    if (page.length < accountsPerRead) return accounts;
  }
}

/** The account itself; any account of the cloud for what the cloud publishes to everybody. */
export async function accountsBehind(
  store: Store,
  { cloud, accountId }: Pick<PollUnitName, 'cloud' | 'accountId'>,
): Promise<Account[]> {
  if (accountId === publishedAccountId(cloud)) {
    const accounts = await listGrantedAccounts(store);
    return accounts.filter((account) => account.cloud === cloud);
  }
  const account = await store.read.accounts.find(accountId);
  return account === undefined ? [] : [account];
}

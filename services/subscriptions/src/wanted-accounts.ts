// Which accounts a new subscription concerns: those that it names, if the client has proven them all, or every one that
// the client has proven. `<cloud>-public` is open to whoever has proven an account of that cloud, and must be named.
import { allProvenAccounts } from '@cloud-gateway/access';
import { type FieldIssue, GatewayError } from '@cloud-gateway/contracts';
import { publishedAccountId, type Repositories } from '@cloud-gateway/store';

export interface WantedAccount {
  readonly id: string;
  readonly cloud: string;
}

/** Throws `account-not-proven`, which names the accounts. */
export async function wantedAccounts(
  grants: Pick<Repositories['grants'], 'listOf'>,
  { clientId, named }: { readonly clientId: string; readonly named: readonly string[] | undefined },
): Promise<WantedAccount[]> {
  const proven = (await allProvenAccounts(grants, clientId)).map(({ accountId, cloud }) => ({
    id: accountId,
    cloud,
  }));
  if (named === undefined) return proven;
  const open = new Map([...proven, ...publishedOf(proven)].map((account) => [account.id, account]));
  const missing = named.flatMap((id, index): FieldIssue[] =>
    open.has(id) ? [] : [{ path: `body.accounts.${index}`, message: `you have not proven ${id}` }],
  );
  if (missing.length > 0) throw notProven(named, missing);
  return [...new Set(named)].flatMap((id) => open.get(id) ?? []);
}

function publishedOf(proven: readonly WantedAccount[]): WantedAccount[] {
  const clouds = [...new Set(proven.map(({ cloud }) => cloud))];
  return clouds.map((cloud) => ({ id: publishedAccountId(cloud), cloud }));
}

function notProven(named: readonly string[], issues: readonly FieldIssue[]): GatewayError {
  const ids = issues.map(({ path }) => named[Number(path.split('.').at(-1))]);
  return new GatewayError('account-not-proven', {
    message: `You have not proven ${ids.join(', ')}. Prove an account first: POST /v1/accounts.`,
    issues: [...issues],
  });
}

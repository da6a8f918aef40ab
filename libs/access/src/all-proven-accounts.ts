import type { ProvenAccount, Repositories } from '@cloud-gateway/store';

const pageSize = 500;

/** Every account that a client has proven, in the order of their ids. */
export async function allProvenAccounts(
  grants: Pick<Repositories['grants'], 'listOf'>,
  clientId: string,
): Promise<ProvenAccount[]> {
  const all: ProvenAccount[] = [];
  for (;;) {
    const page = await grants.listOf({ clientId, afterId: all.at(-1)?.accountId, limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

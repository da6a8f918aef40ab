// A client that has proven every account of the store, and its token: what the workflow would leave, written directly.
import { defaultClientPermissions } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { hashToken, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { accountNumbers } from '../store/bench-store.ts';

/** Gives the token. */
export async function seedReader(store: Store): Promise<string> {
  const token = mintToken(tokenPrefixes.token);
  const createdAt = new Date();
  const permissions = defaultClientPermissions;
  const { read } = store;
  await read.organizations.ensure({ id: 'org_bench', name: 'Benchmark', createdAt });
  await read.clients.create({
    ...{ id: 'cli_bench', organizationId: 'org_bench', name: 'Benchmark', permissions, createdAt },
    secretHash: 'nobody logs in with it',
  });
  await read.tokens.create({
    ...{ id: 'tok_bench', hash: hashToken(token), clientId: 'cli_bench', permissions, createdAt },
    expiresAt: new Date(createdAt.getTime() + tokenLifeMs),
  });
  for (const number of accountNumbers) {
    const accountId = `ec2-${number}`;
    const credentialId = `cred_${number}`;
    await read.credentials.create({
      ...{ id: credentialId, organizationId: null, cloud: 'ec2', accountId, name: null, kind: 'access-key' },
      ...{ identity: null, publicPart: 'none', sealed: 'nobody opens it', createdAt },
    });
    await read.grants.put({ clientId: 'cli_bench', accountId, credentialId, provenAt: createdAt });
  }
  return token;
}

const tokenLifeMs = 86_400_000;

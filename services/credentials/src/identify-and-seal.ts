import type { Cloud } from '@cloud-gateway/clouds';
import type { CloudCredentials } from '@cloud-gateway/contracts';
import { accountIdOf, credentialContext, type NewCredential } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';

export interface IdentifiedCredentials
  extends Pick<NewCredential, 'cloud' | 'accountId' | 'kind' | 'identity' | 'publicPart' | 'sealed'> {
  readonly cloudAccountId: string;
  readonly identity: string;
}

/**
 * Asks the cloud whose the credentials are, and seals them for the row `id`. Throws credentials-rejected when they are
 * nobody's: nothing is stored that the cloud has not just accepted.
 */
export async function identifyAndSeal(
  { cloud, vault }: { readonly cloud: Cloud; readonly vault: Pick<Vault, 'seal'> },
  { id, credentials, signal }: { id: string; credentials: CloudCredentials; signal: AbortSignal },
): Promise<IdentifiedCredentials> {
  const { cloudAccountId, identity } = await cloud.identify(credentials, signal);
  return {
    cloud: cloud.id,
    cloudAccountId,
    accountId: accountIdOf(cloud.id, cloudAccountId),
    kind: credentials.kind,
    identity,
    publicPart: publicPartOf(credentials),
    sealed: await vault.seal(JSON.stringify(credentials), credentialContext(id)),
  };
}

function publicPartOf(credentials: CloudCredentials): string {
  switch (credentials.kind) {
    case 'access-key':
      return credentials.accessKeyId;
    case 'role':
      return credentials.roleArn;
  }
}

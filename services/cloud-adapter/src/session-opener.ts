// Opens a session at the cloud with the credentials by which the caller himself has proven the account. They are in the
// clear only here and inside the session.
import type { GrantChecker } from '@cloud-gateway/access';
import { type CloudSession, unsealCredentials } from '@cloud-gateway/clouds';
import type { Credential, Grant, Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import type { OpenAccount } from './account-access.ts';

export interface SessionOpenerDeps {
  readonly store: Pick<Store, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly grants: Pick<GrantChecker, 'check' | 'forget'>;
}

export interface SessionOpener {
  /** Hands `work` an open session and closes it afterwards. */
  withSession<T>(
    account: Pick<OpenAccount, 'cloud' | 'grant' | 'cloudAccountId' | 'requestId'>,
    region: string,
    work: (session: CloudSession) => Promise<T>,
  ): Promise<T>;
}

export function createSessionOpener(deps: SessionOpenerDeps): SessionOpener {
  return {
    async withSession({ cloud, grant, cloudAccountId, requestId }, region, work) {
      const credentials = await unsealCredentials(deps.vault, await currentCredential(deps, grant));
      const session = cloud.open(credentials, { region, cloudAccountId, purpose: 'request', requestId });
      try {
        return await work(session);
      } finally {
        session.close();
      }
    },
  };
}

/** Proving an account again replaces its credentials, while the grant may be remembered for a moment longer. */
async function currentCredential({ store, grants }: SessionOpenerDeps, grant: Grant): Promise<Credential> {
  const credential = await store.read.credentials.find(grant.credentialId);
  if (credential !== undefined) return credential;
  grants.forget(grant.clientId, grant.accountId);
  const { credentialId } = await grants.check(grant, grant.accountId);
  const current = await store.read.credentials.find(credentialId);
  if (current === undefined) throw new Error(`the credentials ${credentialId} of a grant are not there`);
  return current;
}

// Who may work on which account: asked before anything is read, written or said about it.
import { allProvenAccounts, type GrantChecker } from '@cloud-gateway/access';
import type { Clouds } from '@cloud-gateway/clouds';
import type { Caller } from '@cloud-gateway/messaging';
import { type Grant, publishedAccountId, type Repositories } from '@cloud-gateway/store';
import { accountOf } from './account-of.ts';

export interface AccountAccess {
  /** Throws not-found for a cloud or an account that cannot be, account-not-proven for one that is not the caller's. */
  check(request: AskingRequest, path: AccountPath): Promise<OpenAccount>;
  /**
   * For what is answered from the store: also of `<cloud>-public`, where published resources are kept, which is open to
   * whoever has proven any account of that cloud. Throws as check() does.
   */
  checkReadable(caller: AskingClient, path: AccountPath): Promise<OpenAccount['place']>;
  /** The same for an account's id alone. */
  checkReadableId(caller: AskingClient, accountId: string): Promise<void>;
  /** Ids of the accounts that the caller has proven, and of what their clouds publish. */
  readable(caller: AskingClient): Promise<readonly string[]>;
}

type AskingClient = Pick<Caller, 'clientId'>;

interface AskingRequest {
  readonly caller: AskingClient;
  readonly requestId: string;
}

interface AccountPath {
  /** Any name of the cloud. */
  readonly cloud: string;
  readonly account: string;
}

export type OpenAccount = ReturnType<typeof accountOf> & {
  readonly grant: Grant;
  /** Of the request that opened it. */
  readonly requestId: string;
};

export interface AccountAccessDeps {
  readonly clouds: Pick<Clouds, 'get'>;
  readonly grants: Pick<GrantChecker, 'check'>;
  readonly provenAccounts: Pick<Repositories['grants'], 'listOf'>;
}

export function createAccountAccess({ clouds, grants, provenAccounts }: AccountAccessDeps): AccountAccess {
  async function readable({ clientId }: AskingClient): Promise<readonly string[]> {
    const proven = await allProvenAccounts(provenAccounts, clientId);
    const published = new Set(proven.map(({ cloud }) => publishedAccountId(cloud)));
    return [...proven.map(({ accountId }) => accountId), ...published];
  }

  async function checkReadableId(caller: AskingClient, accountId: string): Promise<void> {
    if (isPublished(accountId) && (await readable(caller)).includes(accountId)) return;
    await grants.check(caller, accountId);
  }

  return {
    readable,
    checkReadableId,

    async check({ caller, requestId }, { cloud, account }) {
      const named = accountOf(clouds.get(cloud), account);
      return { ...named, grant: await grants.check(caller, account), requestId };
    },

    async checkReadable(caller, { cloud, account }) {
      const { place } = accountOf(clouds.get(cloud), account);
      await checkReadableId(caller, account);
      return place;
    },
  };
}

function isPublished(accountId: string): boolean {
  return accountId.endsWith(publishedAccountId(''));
}

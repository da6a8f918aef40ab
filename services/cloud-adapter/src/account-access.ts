// Who may work on which account: asked before anything is read, written or said about it.
import type { GrantChecker } from '@cloud-gateway/access';
import type { Cloud, Clouds } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import { accountIdOf, type Grant } from '@cloud-gateway/store';

export interface AccountAccess {
  /** Throws not-found for a cloud or an account that cannot be, account-not-proven for one that is not the caller's. */
  check(
    caller: Pick<Caller, 'clientId'>,
    path: { readonly cloud: string; readonly account: string },
  ): Promise<{ readonly cloud: Cloud; readonly grant: Grant }>;
}

export function createAccountAccess({
  clouds,
  grants,
}: {
  readonly clouds: Pick<Clouds, 'get'>;
  readonly grants: Pick<GrantChecker, 'check'>;
}): AccountAccess {
  return {
    async check(caller, { cloud: cloudId, account }) {
      const cloud = clouds.get(cloudId);
      // A proven account of another cloud must not open this one.
      if (!account.startsWith(accountIdOf(cloudId, ''))) {
        throw new GatewayError('not-found', {
          message: `${account} is no account of the cloud ${cloudId}; those begin with ${cloudId}-`,
        });
      }
      return { cloud, grant: await grants.check(caller, account) };
    },
  };
}

import type { Cloud } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import { accountIdOf } from '@cloud-gateway/store';

/** Takes an account's id apart. Throws not-found when it is no account of this cloud: that must never open another's. */
export function accountOf(cloud: Cloud, accountId: string) {
  const start = accountIdOf(cloud.id, '');
  if (accountId.startsWith(start)) {
    return {
      cloud,
      /** What the store knows the account by: the cloud's id, whatever name a path had. */
      place: { cloud: cloud.id, account: accountId },
      /** The cloud's own number of the account. */
      cloudAccountId: accountId.slice(start.length),
    } as const;
  }
  throw new GatewayError('not-found', {
    message: `${accountId} is no account of the cloud ${cloud.id}; those begin with ${start}`,
  });
}

// What a caller may work on: the cloud accounts that this very client has proven.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { Grant } from '@cloud-gateway/store';
import { createBriefCache } from './brief-cache.ts';

export interface GrantChecker {
  /** Gives the grant, which names the credentials to use. Throws `account-not-proven`. */
  check(caller: Pick<Caller, 'clientId'>, accountId: string): Promise<Grant>;
  /** The next check of this pair asks the database again. */
  forget(clientId: string, accountId: string): void;
}

export interface GrantCheckerOptions {
  readonly store: {
    readonly read: {
      readonly grants: { find(clientId: string, accountId: string): Promise<Grant | undefined> };
    };
  };
  readonly clock: { nowMs(): number };
  /** How long a grant is remembered. Default 1000, and never longer: nothing tells this cache that one was given up. */
  readonly cacheMs?: number;
}

const cacheMsMax = 1000;

export function createGrantChecker({
  store,
  clock,
  cacheMs = cacheMsMax,
}: GrantCheckerOptions): GrantChecker {
  const cache = createBriefCache<Grant>({
    ttlMs: Math.min(cacheMs, cacheMsMax),
    entriesMax: 10_000,
    nowMs: () => clock.nowMs(),
  });

  return {
    async check({ clientId }, accountId) {
      const grant = await cache.get(`${clientId} ${accountId}`, () =>
        store.read.grants.find(clientId, accountId),
      );
      if (grant === undefined) throw notProven(accountId);
      return grant;
    },
    forget: (clientId, accountId) =>
      cache.forget((grant) => grant.clientId === clientId && grant.accountId === accountId),
  };
}

function notProven(accountId: string): GatewayError {
  return new GatewayError('account-not-proven', {
    message: `You have not proven the account ${accountId}. Every client proves every account itself: POST /v1/accounts.`,
  });
}

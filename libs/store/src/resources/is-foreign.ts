import { accountIdOf } from '../identity/account-id-of.ts';
import type { ResourceScope } from './resource-id.ts';

/** Tells whether a resource belongs to another account of the cloud. Without an owner it counts as foreign. */
export function isForeign(scope: Pick<ResourceScope, 'cloud' | 'account'>, owner: string | null): boolean {
  return owner === null || accountIdOf(scope.cloud, owner) !== scope.account;
}

// Glacier vaults, all empty.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { StateKind } from '../../states.ts';

interface Vault {
  readonly VaultName: string;
  readonly VaultARN: string;
  readonly CreationDate: string;
}

const state: StateKind<Map<string, Vault>> = { name: 'vaults', reach: 'region', create: () => new Map() };

const service = 'glacier';
/** A hyphen stands for the caller's own account. */
const account = z.object({ accountId: z.string() });
const byName = account.extend({ vaultName: z.string().regex(/^[\w.-]{1,255}$/) });

const createVault = defineOperation({
  service,
  name: 'CreateVault',
  http: 'PUT /{accountId}/vaults/{vaultName}',
  status: 201,
  input: byName,
  handle({ accountId, vaultName }, call) {
    checkAccount(accountId, call.accountId);
    const VaultARN = `arn:aws:glacier:${call.region}:${call.accountId}:vaults/${vaultName}`;
    const CreationDate = new Date(call.nowMs).toISOString();
    call.stateOf(state).set(vaultName, { VaultName: vaultName, VaultARN, CreationDate });
    return {};
  },
});

const listVaults = defineOperation({
  service,
  name: 'ListVaults',
  http: 'GET /{accountId}/vaults',
  input: account,
  handle({ accountId }, call) {
    checkAccount(accountId, call.accountId);
    return {
      VaultList: [...call.stateOf(state).values()].map((vault) => ({
        ...vault,
        NumberOfArchives: 0,
        SizeInBytes: 0,
      })),
    };
  },
});

const deleteVault = defineOperation({
  service,
  name: 'DeleteVault',
  http: 'DELETE /{accountId}/vaults/{vaultName}',
  status: 204,
  input: byName,
  handle({ accountId, vaultName }, call) {
    checkAccount(accountId, call.accountId);
    if (!call.stateOf(state).delete(vaultName)) {
      const text = `Vault not found for ARN: arn:aws:glacier:${call.region}:${call.accountId}:vaults/${vaultName}`;
      throw new AwsError('ResourceNotFoundException', text, { status: 404 });
    }
    return {};
  },
});

function checkAccount(named: string, own: string): void {
  if (named === '-' || named === own) return;
  throw new AwsError('AccessDeniedException', 'That is another account’s.', { status: 403 });
}

export const vaults: readonly Operation[] = [createVault, listVaults, deleteVault];

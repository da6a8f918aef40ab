// From the stored row to the key as the proxy uses it: the secret unsealed, the rules read.
import { type PolicyRule, policyRuleSchema } from '@cloud-gateway/contracts';
import { accessKeyContext, type StoredAccessKey } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { z } from 'zod';
import type { AccessKey } from './access-key.ts';

/**
 * Rejects when the row cannot be used as it is: its secret does not open, its rules cannot be read, or its policy group
 * or credentials are gone. Nothing that cannot be understood may be let through.
 */
export async function openAccessKey(vault: Pick<Vault, 'open'>, stored: StoredAccessKey): Promise<AccessKey> {
  const { accessRequestId, requestVersion, credentialId, credentialVersion } = stored;
  if (credentialId === null || credentialVersion === null)
    throw new Error(`Access request ${accessRequestId} has no cloud credentials, or they are gone`);
  const secret = await vault.open(stored.secretSealed, accessKeyContext(accessRequestId));
  return {
    accessKeyId: stored.accessKeyId,
    secret: { id: `${accessRequestId}:${requestVersion}`, secretAccessKey: secret.toString('utf8') },
    accessRequestId,
    organizationId: stored.organizationId,
    environmentId: stored.environmentId,
    userId: stored.requestedBy,
    cloud: stored.cloud,
    state: stored.state,
    services: new Set(stored.services),
    credentialId,
    credentialVersion,
    allowedCredentialActions: new Set(stored.allowedCredentialActions),
    rules: readRules(stored),
    rulesVersion: `${stored.policyGroupId}:${stored.policyGroupVersion}`,
  };
}

function readRules({ accessRequestId, policyGroupId, policyGroupVersion, rules }: StoredAccessKey) {
  if (policyGroupId === null) return noRules;
  if (policyGroupVersion === null)
    throw new Error(`Policy group ${policyGroupId} of access request ${accessRequestId} is gone`);
  const read = z.array(policyRuleSchema).safeParse(rules);
  if (!read.success) throw new Error(`The rules of policy group ${policyGroupId} cannot be read`);
  return read.data;
}

const noRules: readonly PolicyRule[] = [];

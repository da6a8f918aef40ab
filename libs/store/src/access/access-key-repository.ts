// The keys of the proxy, as the proxy needs them: in one query what a key may do and with what, and in an even cheaper
// one, for all keys in use, whether anything of that has changed. Who writes the rows: access-request-repository.ts.
import type { AccessRequestState } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';

export interface StoredAccessKey extends AccessKeyVersion {
  readonly accessRequestId: string;
  readonly organizationId: string;
  readonly environmentId: string;
  /** The client that requested the access. */
  readonly requestedBy: string;
  readonly cloud: string;
  /** Ids of the approved services. */
  readonly services: readonly string[];
  /** Sealed under `accessKeyContext(accessRequestId)`. */
  readonly secretSealed: string;
  readonly credentialId: string | null;
  /** `service:Action`, each allowed by an administrator. */
  readonly allowedCredentialActions: readonly string[];
  readonly policyGroupId: string | null;
  /**
   * As stored, not checked; null without a policy group, and also when the group is gone (`policyGroupVersion` is null
   * then, `policyGroupId` is not): that must refuse, not allow.
   */
  readonly rules: unknown;
}

/** Each version grows with every change of its row; null: there is no such row. */
export interface AccessKeyVersion {
  readonly accessKeyId: string;
  readonly state: AccessRequestState;
  readonly requestVersion: number;
  readonly policyGroupVersion: number | null;
  readonly credentialVersion: number | null;
}

/** The vault's context for the secret of this request's key. */
export function accessKeyContext(requestId: string): string {
  return `access-key:${requestId}`;
}

export function createAccessKeyRepository(db: Knex) {
  const keys = (accessKeyIds: readonly string[]) =>
    db('access_requests as request')
      .leftJoin('policy_groups as policy', 'policy.id', 'request.policy_group_id')
      .leftJoin('cloud_credentials as credential', 'credential.id', 'request.credential_id')
      .whereIn('request.access_key_id', accessKeyIds);

  return {
    async find(accessKeyId: string): Promise<StoredAccessKey | undefined> {
      return keys([accessKeyId]).first<StoredAccessKey | undefined>(columns);
    },

    /** Gives those that there are, in no order. */
    async findMany(accessKeyIds: readonly string[]): Promise<StoredAccessKey[]> {
      return keys(accessKeyIds).select<StoredAccessKey[]>(columns);
    },

    /** Gives what tells a change, of those that there are, in no order. One query for every 1,000 keys. */
    async versions(accessKeyIds: readonly string[]): Promise<AccessKeyVersion[]> {
      const found: AccessKeyVersion[] = [];
      for (const batch of inBatches(accessKeyIds, keysPerQuery))
        found.push(...(await keys(batch).select<AccessKeyVersion[]>(versionColumns)));
      return found;
    },
  };
}

const keysPerQuery = 1000;

const versionColumns = {
  accessKeyId: 'request.access_key_id',
  state: 'request.state',
  requestVersion: 'request.version',
  policyGroupVersion: 'policy.version',
  credentialVersion: 'credential.version',
};

const columns = {
  ...versionColumns,
  accessRequestId: 'request.id',
  organizationId: 'request.organization_id',
  environmentId: 'request.environment_id',
  requestedBy: 'request.requested_by',
  cloud: 'request.cloud',
  services: 'request.services',
  secretSealed: 'request.secret_sealed',
  credentialId: 'request.credential_id',
  allowedCredentialActions: 'request.allowed_credential_actions',
  policyGroupId: 'request.policy_group_id',
  rules: 'policy.rules',
};

// Cloud credentials: what names them is readable, the credentials themselves are sealed by the vault under the context
// `credentialContext(id)`. This file never sees them in the clear.
import type { Knex } from 'knex';

export type CredentialStatus = 'valid' | 'invalid';

export interface NewCredential {
  readonly id: string;
  /** Null: global, every organization may use them. */
  readonly organizationId: string | null;
  readonly cloud: string;
  readonly accountId: string;
  readonly name: string | null;
  /** Of CloudCredentials: `access-key`. */
  readonly kind: string;
  /** The cloud's name of who they are, for example an ARN. */
  readonly identity: string | null;
  /** What names them without being secret, for example an access key id. */
  readonly publicPart: string | null;
  /** JSON text of CloudCredentials, sealed. */
  readonly sealed: string;
  readonly createdAt: Date;
}

export interface Credential extends NewCredential {
  readonly status: CredentialStatus;
  readonly statusReason: string | null;
  readonly checkedAt: Date;
}

/** The vault's context for the credentials of this row. */
export function credentialContext(id: string): string {
  return `cloud-credentials:${id}`;
}

export function createCredentialRepository(db: Knex) {
  const grantsThatUse = () =>
    db('grants')
      .leftJoin('clients', 'clients.id', 'grants.client_id')
      .whereRaw('grants.credential_id = cloud_credentials.id')
      .select('grants.client_id');

  return {
    /** New credentials count as valid and checked: nobody stores what the cloud has not just accepted. */
    async create(credential: NewCredential): Promise<void> {
      await db('cloud_credentials').insert({
        id: credential.id,
        scope: credential.organizationId === null ? 'global' : 'organization',
        organization_id: credential.organizationId,
        cloud: credential.cloud,
        account_id: credential.accountId,
        name: credential.name,
        kind: credential.kind,
        identity: credential.identity,
        public_part: credential.publicPart,
        sealed: credential.sealed,
        status: 'valid',
        checked_at: credential.createdAt,
        created_at: credential.createdAt,
      });
    },

    async find(id: string): Promise<Credential | undefined> {
      return db('cloud_credentials').where({ id }).first<Credential | undefined>(columns);
    },

    /**
     * The credentials with which clients that are not disabled have proven the account: valid ones first, then the
     * newest.
     */
    async listGranted(accountId: string): Promise<Credential[]> {
      return db('cloud_credentials')
        .where({ account_id: accountId })
        .whereExists(grantsThatUse().whereNull('clients.disabled_at'))
        .orderBy([{ column: 'status' }, { column: 'id', order: 'desc' }])
        .select<Credential[]>(columns);
    },

    /** Notes what the cloud said last. Returns true when the status is another than before. */
    async setStatus(
      id: string,
      { status, reason, checkedAt }: { status: CredentialStatus; reason: string | null; checkedAt: Date },
    ): Promise<boolean> {
      const note = { status, status_reason: reason?.slice(0, 1024) ?? null, checked_at: checkedAt };
      const changed = await db('cloud_credentials').where({ id }).whereNot({ status }).update(note);
      if (changed === 0) await db('cloud_credentials').where({ id }).update(note);
      return changed === 1;
    },

    /** Deletes the row unless a grant uses it. */
    async deleteUnused(id: string): Promise<void> {
      await db('cloud_credentials').where({ id }).whereNotExists(grantsThatUse()).delete();
    },
  };
}

const columns = {
  id: 'id',
  organizationId: 'organization_id',
  cloud: 'cloud',
  accountId: 'account_id',
  name: 'name',
  kind: 'kind',
  identity: 'identity',
  publicPart: 'public_part',
  sealed: 'sealed',
  status: 'status',
  statusReason: 'status_reason',
  checkedAt: 'checked_at',
  createdAt: 'created_at',
};

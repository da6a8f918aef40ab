// Cloud credentials: what names them is readable, the credentials themselves are sealed by the vault under the context
// `credentialContext(id)`. This file never sees them in the clear.
import type { Knex } from 'knex';
import { createCredentialUses } from '../access/credential-uses.ts';
import type { PageRequest } from './page-request.ts';

export type CredentialStatus = 'valid' | 'invalid';

export interface NewCredential {
  readonly id: string;
  /** Null: global, every organization may use them. */
  readonly organizationId: string | null;
  readonly cloud: string;
  readonly accountId: string;
  readonly name: string | null;
  /** Of CloudCredentials: `access-key`, `role`. */
  readonly kind: string;
  /** The cloud's name of who they are, for example an ARN. */
  readonly identity: string | null;
  /** What names them without being secret: an access key id, or the ARN of a role. */
  readonly publicPart: string | null;
  /** JSON text of CloudCredentials, sealed. */
  readonly sealed: string;
  readonly createdAt: Date;
}

export interface Credential extends NewCredential {
  /** Grows when `sealed` changes: who has unsealed it may keep it until then. */
  readonly version: number;
  readonly status: CredentialStatus;
  readonly statusReason: string | null;
  readonly checkedAt: Date;
}

/** Newer keys of the same account. */
export interface CredentialReplacement
  extends Pick<NewCredential, 'name' | 'kind' | 'identity' | 'publicPart' | 'sealed'> {
  readonly checkedAt: Date;
}

export interface StatusNote {
  readonly status: CredentialStatus;
  /** What the cloud said; null when they are valid. */
  readonly reason: string | null;
  readonly checkedAt: Date;
  /** When given, nothing is noted of credentials that were replaced since that version was read. */
  readonly version?: number;
}

/** The vault's context for the credentials of this row. */
export function credentialContext(id: string): string {
  return `cloud-credentials:${id}`;
}

export function createCredentialRepository(db: Knex) {
  const uses = createCredentialUses(db);
  const grantOfEnabledClientExists = () =>
    db('grants')
      .leftJoin('clients', 'clients.id', 'grants.client_id')
      .whereRaw('grants.credential_id = cloud_credentials.id')
      .whereNull('clients.disabled_at')
      .select('grants.client_id');
  const usableBy = (organizationId: string) =>
    db('cloud_credentials').where((either) => {
      void either.where({ organization_id: organizationId }).orWhere({ scope: 'global' });
    });

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
        .whereExists(grantOfEnabledClientExists())
        .orderBy([{ column: 'status' }, { column: 'id', order: 'desc' }])
        .select<Credential[]>(columns);
    },

    /** Like `find`; nobody else changes, links, uses or deletes the row until the transaction ends. */
    async lock(id: string): Promise<Credential | undefined> {
      return db('cloud_credentials').where({ id }).forUpdate().first<Credential | undefined>(columns);
    },

    /** Those that an organization may use, its own and the global ones; of one environment when it is given. */
    async listUsable({
      organizationId,
      environmentId,
      afterId = '',
      limit,
    }: PageRequest & {
      readonly organizationId: string;
      readonly environmentId?: string | undefined;
    }): Promise<Credential[]> {
      const rows = usableBy(organizationId).andWhere('id', '>', afterId).orderBy('id').limit(limit);
      if (environmentId !== undefined) {
        rows.whereExists(uses.linkExists().where({ environment_id: environmentId }));
      }
      return rows.select<Credential[]>(columns);
    },

    /** Those that anything uses and the cloud was last asked about before `checkedBefore`. */
    async listDue({
      checkedBefore,
      afterId = '',
      limit,
    }: PageRequest & { readonly checkedBefore: Date }): Promise<Credential[]> {
      return db('cloud_credentials')
        .where('checked_at', '<', checkedBefore)
        .andWhere('id', '>', afterId)
        .andWhere((used) => {
          void used
            .whereExists(grantOfEnabledClientExists())
            .orWhereExists(uses.linkExists())
            .orWhereExists(uses.requestExists());
        })
        .orderBy('id')
        .limit(limit)
        .select<Credential[]>(columns);
    },

    usesOf: uses.of,

    /** Puts newer keys in place of the old ones. They count as valid, as in `create`. */
    async replace(id: string, replacement: CredentialReplacement): Promise<void> {
      await db('cloud_credentials')
        .where({ id })
        .update({
          name: replacement.name,
          kind: replacement.kind,
          identity: replacement.identity,
          public_part: replacement.publicPart,
          sealed: replacement.sealed,
          version: db.raw('version + 1'),
          status: 'valid',
          status_reason: null,
          checked_at: replacement.checkedAt,
        });
    },

    /** Notes what the cloud said last. Returns true when the status is another than before. */
    async setStatus(id: string, { status, reason, checkedAt, version }: StatusNote): Promise<boolean> {
      const note = { status, status_reason: reason?.slice(0, 1024) ?? null, checked_at: checkedAt };
      const row = () => db('cloud_credentials').where(version === undefined ? { id } : { id, version });
      const changed = await row().whereNot({ status }).update(note);
      if (changed === 0) await row().update(note);
      return changed === 1;
    },

    /** Deletes the row unless something uses it; tells whether it did. Call it in a transaction. */
    async deleteUnused(id: string): Promise<boolean> {
      // First the lock: whoever is about to use them holds it until his use can be seen.
      await db('cloud_credentials').where({ id }).forUpdate().first('id');
      const deleted = await db('cloud_credentials')
        .where({ id })
        .whereNotExists(uses.grantExists())
        .whereNotExists(uses.linkExists())
        .whereNotExists(uses.requestExists())
        .delete();
      return deleted === 1;
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
  version: 'version',
  status: 'status',
  statusReason: 'status_reason',
  checkedAt: 'checked_at',
  createdAt: 'created_at',
};

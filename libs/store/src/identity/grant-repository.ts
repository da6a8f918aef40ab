// Which client has proven which account, and with which credentials. One row per pair: every client proves for itself.
import type { Knex } from 'knex';
import type { CredentialStatus } from './credential-repository.ts';
import type { PageRequest } from './page-request.ts';

export interface Grant {
  readonly clientId: string;
  readonly accountId: string;
  readonly credentialId: string;
  readonly provenAt: Date;
}

/** An account as the client that has proven it sees it. */
export interface ProvenAccount {
  readonly accountId: string;
  readonly cloud: string;
  readonly cloudAccountId: string;
  /** The name that this client gave; another client may call the same account otherwise. */
  readonly name: string | null;
  readonly credentialsStatus: CredentialStatus;
  readonly provenAt: Date;
}

export function createGrantRepository(db: Knex) {
  /** Locks the row until the transaction ends. */
  async function lockCredentialId(clientId: string, accountId: string): Promise<string | undefined> {
    const row = await db('grants')
      .where({ client_id: clientId, account_id: accountId })
      .forUpdate()
      .first<{ id: string } | undefined>({ id: 'credential_id' });
    return row?.id;
  }

  return {
    /**
     * Grants, in place of an earlier grant of the same pair; returns the credentials of that one. Call it in a
     * transaction after `accounts.ensure`.
     */
    async put({ clientId, accountId, credentialId, provenAt }: Grant): Promise<string | undefined> {
      const before = await lockCredentialId(clientId, accountId);
      await db('grants')
        .insert({
          client_id: clientId,
          account_id: accountId,
          credential_id: credentialId,
          proven_at: provenAt,
        })
        .onConflict(['client_id', 'account_id'])
        .merge(['credential_id', 'proven_at']);
      return before;
    },

    /** Removes the grant and returns its credentials; undefined when there is none. Call it in a transaction. */
    async remove(clientId: string, accountId: string): Promise<string | undefined> {
      const before = await lockCredentialId(clientId, accountId);
      await db('grants').where({ client_id: clientId, account_id: accountId }).delete();
      return before;
    },

    async find(clientId: string, accountId: string): Promise<Grant | undefined> {
      return db('grants')
        .where({ client_id: clientId, account_id: accountId })
        .first<Grant | undefined>(grantColumns);
    },

    /** In the order of the account's id, which `afterId` is too. */
    async listOf({
      clientId,
      afterId = '',
      limit,
    }: PageRequest & { clientId: string }): Promise<ProvenAccount[]> {
      return db('grants')
        .join('accounts', 'accounts.id', 'grants.account_id')
        .join('cloud_credentials', 'cloud_credentials.id', 'grants.credential_id')
        .where({ 'grants.client_id': clientId })
        .andWhere('grants.account_id', '>', afterId)
        .orderBy('grants.account_id')
        .limit(limit)
        .select<ProvenAccount[]>(provenColumns);
    },
  };
}

const grantColumns = {
  clientId: 'client_id',
  accountId: 'account_id',
  credentialId: 'credential_id',
  provenAt: 'proven_at',
};

const provenColumns = {
  accountId: 'accounts.id',
  cloud: 'accounts.cloud',
  cloudAccountId: 'accounts.cloud_account_id',
  name: 'cloud_credentials.name',
  credentialsStatus: 'cloud_credentials.status',
  provenAt: 'grants.proven_at',
};

import type { Permission } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import type { PageRequest } from './page-request.ts';
import { fromStoredPermissions, toStoredPermissions } from './stored-permissions.ts';

export interface Client {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly createdAt: Date;
  /** Null while it may log in. */
  readonly disabledAt: Date | null;
}

export interface NewClient extends Omit<Client, 'disabledAt'> {
  /** What hashSecret of the vault made. */
  readonly secretHash: string;
}

export function createClientRepository(db: Knex) {
  return {
    async create(client: NewClient): Promise<void> {
      await db('clients').insert({
        id: client.id,
        organization_id: client.organizationId,
        name: client.name,
        secret_hash: client.secretHash,
        permissions: toStoredPermissions(client.permissions),
        created_at: client.createdAt,
      });
    },

    async find(id: string): Promise<Client | undefined> {
      const row = await db('clients').where({ id }).first<ClientRow | undefined>(columns);
      return row && toClient(row);
    },

    /** Apart from `find`, so that the hash is only in the hands of whoever verifies a secret. */
    async findSecretHash(id: string): Promise<string | undefined> {
      const row = await db('clients')
        .where({ id })
        .first<{ hash: string } | undefined>({ hash: 'secret_hash' });
      return row?.hash;
    },

    async replaceSecretHash(id: string, secretHash: string): Promise<void> {
      await db('clients').where({ id }).update({ secret_hash: secretHash });
    },

    /** Tells whether there is any client at all: false only before the bootstrap. */
    async any(): Promise<boolean> {
      return (await db('clients').first<{ id: string } | undefined>({ id: 'id' })) !== undefined;
    },

    async list({
      organizationId,
      afterId = '',
      limit,
    }: PageRequest & { organizationId: string }): Promise<Client[]> {
      const rows = await db('clients')
        .where({ organization_id: organizationId })
        .andWhere('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .select<ClientRow[]>(columns);
      return rows.map(toClient);
    },

    /** Returns false when it is disabled already: it keeps its time then. */
    async disable(id: string, disabledAt: Date): Promise<boolean> {
      return (
        (await db('clients').where({ id }).whereNull('disabled_at').update({ disabled_at: disabledAt })) === 1
      );
    },
  };
}

const columns = {
  id: 'id',
  organizationId: 'organization_id',
  name: 'name',
  permissions: 'permissions',
  createdAt: 'created_at',
  disabledAt: 'disabled_at',
};

interface ClientRow extends Omit<Client, 'permissions'> {
  readonly permissions: unknown;
}

function toClient({ permissions, ...row }: ClientRow): Client {
  return { ...row, permissions: fromStoredPermissions(permissions) };
}

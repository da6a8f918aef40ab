// Environments of an organization, and which cloud credentials may be chosen for the access requests of each.
import type { ConnectionPolicy } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { isDuplicate } from '../connection/is-duplicate.ts';
import type { PageRequest } from '../identity/page-request.ts';

export interface NewEnvironment {
  readonly id: string;
  readonly organizationId: string;
  /** Unique within the organization, whatever its case. */
  readonly name: string;
  /** Which address of its instances to connect to; null: as the cloud or the gateway says. */
  readonly connectionPolicy: ConnectionPolicy | null;
  readonly createdAt: Date;
}

export interface Environment extends NewEnvironment {
  /** The credentials linked to it, sorted. */
  readonly credentialIds: readonly string[];
}

export function createEnvironmentRepository(db: Knex) {
  async function withCredentials(rows: readonly NewEnvironment[]): Promise<Environment[]> {
    const links = await db('environment_credentials')
      .whereIn(
        'environment_id',
        rows.map(({ id }) => id),
      )
      .orderBy('credential_id')
      .select<Link[]>({ environmentId: 'environment_id', credentialId: 'credential_id' });
    return rows.map((row) => ({
      ...row,
      credentialIds: links
        .filter(({ environmentId }) => environmentId === row.id)
        .map(({ credentialId }) => credentialId),
    }));
  }

  return {
    async create(environment: NewEnvironment): Promise<'created' | 'name-taken'> {
      try {
        await db('environments').insert({
          id: environment.id,
          organization_id: environment.organizationId,
          name: environment.name,
          connection_policy: environment.connectionPolicy,
          created_at: environment.createdAt,
        });
        return 'created';
      } catch (err) {
        if (isDuplicate(err)) return 'name-taken';
        throw err;
      }
    },

    async find(id: string): Promise<Environment | undefined> {
      const row = await db('environments').where({ id }).first<NewEnvironment | undefined>(columns);
      if (row === undefined) return undefined;
      const [environment] = await withCredentials([row]);
      return environment;
    },

    async list({
      organizationId,
      afterId = '',
      limit,
    }: PageRequest & { readonly organizationId: string }): Promise<Environment[]> {
      const rows = await db('environments')
        .where({ organization_id: organizationId })
        .andWhere('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .select<NewEnvironment[]>(columns);
      return withCredentials(rows);
    },

    async setConnectionPolicy(id: string, policy: ConnectionPolicy | null): Promise<void> {
      await db('environments').where({ id }).update({ connection_policy: policy });
    },

    /** Returns false when they are linked already. Call it with the credentials locked (`credentials.lock`). */
    async link(environmentId: string, credentialId: string, createdAt: Date): Promise<boolean> {
      try {
        await db('environment_credentials').insert({
          environment_id: environmentId,
          credential_id: credentialId,
          created_at: createdAt,
        });
        return true;
      } catch (err) {
        if (isDuplicate(err)) return false;
        throw err;
      }
    },

    /** Returns false when they are not linked. Call it with the credentials locked (`credentials.lock`). */
    async unlink(environmentId: string, credentialId: string): Promise<boolean> {
      const deleted = await db('environment_credentials')
        .where({ environment_id: environmentId, credential_id: credentialId })
        .delete();
      return deleted === 1;
    },
  };
}

interface Link {
  readonly environmentId: string;
  readonly credentialId: string;
}

const columns = {
  id: 'id',
  organizationId: 'organization_id',
  name: 'name',
  connectionPolicy: 'connection_policy',
  createdAt: 'created_at',
};

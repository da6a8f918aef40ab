import type { Knex } from 'knex';
import type { PageRequest } from './page-request.ts';

export interface Organization {
  readonly id: string;
  /** Unique, whatever its case. */
  readonly name: string;
  readonly createdAt: Date;
}

export function createOrganizationRepository(db: Knex) {
  const columns = { id: 'id', name: 'name', createdAt: 'created_at' };

  return {
    /**
     * Gives the organization of that name, and makes it when there is none. In a transaction nobody else gets past
     * here for the same name until the transaction ends.
     */
    async ensure({ id, name, createdAt }: Organization): Promise<Organization> {
      // The duplicate is "updated" to take its lock; `insert ignore` would share it and deadlock later.
      await db('organizations')
        .insert({ id, name, created_at: createdAt })
        .onConflict('name')
        .merge({ name: db.raw('name') });
      const organization = await db('organizations').where({ name }).first<Organization | undefined>(columns);
      if (organization === undefined) throw new Error(`organization ${name} vanished`);
      return organization;
    },

    async find(id: string): Promise<Organization | undefined> {
      return db('organizations').where({ id }).first<Organization | undefined>(columns);
    },

    async list({ afterId = '', limit }: PageRequest): Promise<Organization[]> {
      return db('organizations')
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .select<Organization[]>(columns);
    },
  };
}

// Groups of rules on what a key may call. `version` grows with every change, so that the proxies see it.
import type { PolicyRule } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { isDuplicate } from '../connection/is-duplicate.ts';
import type { PageRequest } from '../identity/page-request.ts';

export interface NewPolicyGroup {
  readonly id: string;
  readonly organizationId: string;
  /** Unique within the organization, whatever its case. */
  readonly name: string;
  readonly description: string;
  readonly rules: readonly PolicyRule[];
  readonly createdAt: Date;
}

export interface PolicyGroup extends NewPolicyGroup {
  readonly version: number;
  readonly updatedAt: Date;
}

export function createPolicyGroupRepository(db: Knex) {
  return {
    async create(group: NewPolicyGroup): Promise<'created' | 'name-taken'> {
      try {
        await db('policy_groups').insert({
          id: group.id,
          organization_id: group.organizationId,
          name: group.name,
          description: group.description,
          rules: JSON.stringify(group.rules),
          created_at: group.createdAt,
          updated_at: group.createdAt,
        });
        return 'created';
      } catch (err) {
        if (isDuplicate(err)) return 'name-taken';
        throw err;
      }
    },

    async find(id: string): Promise<PolicyGroup | undefined> {
      return db('policy_groups').where({ id }).first<PolicyGroup | undefined>(columns);
    },

    /** Like `find`; nobody else changes or deletes the row until the transaction ends. */
    async lock(id: string): Promise<PolicyGroup | undefined> {
      return db('policy_groups').where({ id }).forUpdate().first<PolicyGroup | undefined>(columns);
    },

    async list({
      organizationId,
      afterId = '',
      limit,
    }: PageRequest & { readonly organizationId: string }): Promise<PolicyGroup[]> {
      return db('policy_groups')
        .where({ organization_id: organizationId })
        .andWhere('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .select<PolicyGroup[]>(columns);
    },

    async replace(
      id: string,
      change: Pick<PolicyGroup, 'name' | 'description' | 'rules' | 'updatedAt'>,
    ): Promise<'replaced' | 'name-taken'> {
      try {
        await db('policy_groups')
          .where({ id })
          .update({
            name: change.name,
            description: change.description,
            rules: JSON.stringify(change.rules),
            updated_at: change.updatedAt,
            version: db.raw('version + 1'),
          });
        return 'replaced';
      } catch (err) {
        if (isDuplicate(err)) return 'name-taken';
        throw err;
      }
    },

    async delete(id: string): Promise<void> {
      await db('policy_groups').where({ id }).delete();
    },
  };
}

const columns = {
  id: 'id',
  organizationId: 'organization_id',
  name: 'name',
  description: 'description',
  rules: 'rules',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

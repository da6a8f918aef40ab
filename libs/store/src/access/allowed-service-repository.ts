// The cloud services that an organization may request beyond those that everybody always may.
import type { Knex } from 'knex';
import { isDuplicate } from '../connection/is-duplicate.ts';

export interface AllowedService {
  readonly organizationId: string;
  readonly cloud: string;
  /** Its id in the catalogue of the cloud's services. */
  readonly service: string;
  /** The client that allowed it. */
  readonly allowedBy: string;
  readonly createdAt: Date;
}

export function createAllowedServiceRepository(db: Knex) {
  return {
    /** Returns false when it is allowed already: whoever did it first stays noted. */
    async allow({ organizationId, cloud, service, allowedBy, createdAt }: AllowedService): Promise<boolean> {
      try {
        await db('allowed_services').insert({
          organization_id: organizationId,
          cloud,
          service,
          allowed_by: allowedBy,
          created_at: createdAt,
        });
        return true;
      } catch (err) {
        if (isDuplicate(err)) return false;
        throw err;
      }
    },

    /** Returns false when it is not allowed. */
    async disallow({
      organizationId,
      cloud,
      service,
    }: Pick<AllowedService, 'organizationId' | 'cloud' | 'service'>): Promise<boolean> {
      const deleted = await db('allowed_services')
        .where({ organization_id: organizationId, cloud, service })
        .delete();
      return deleted === 1;
    },

    async list(organizationId: string): Promise<AllowedService[]> {
      return db('allowed_services')
        .where({ organization_id: organizationId })
        .orderBy(['cloud', 'service'])
        .select<AllowedService[]>(columns);
    },
  };
}

const columns = {
  organizationId: 'organization_id',
  cloud: 'cloud',
  service: 'service',
  allowedBy: 'allowed_by',
  createdAt: 'created_at',
};

// What holds on to stored cloud credentials: environments that they are linked to, approved and active access requests,
// and clients that have proven their account with them. Whatever is used must not be deleted.
import type { Knex } from 'knex';

export interface CredentialUses {
  readonly environmentIds: readonly string[];
  /** Approved and active ones. */
  readonly accessRequestIds: readonly string[];
  readonly clientIds: readonly string[];
}

export function createCredentialUses(db: Knex) {
  const grants = () => db('grants').join('clients', 'clients.id', 'grants.client_id');
  const links = () =>
    db('environment_credentials').join(
      'environments',
      'environments.id',
      'environment_credentials.environment_id',
    );
  const requests = () => db('access_requests').whereIn('access_requests.state', ['approved', 'active']);

  return {
    /** Without `organizationId` whosoever they are. */
    async of(
      credentialIds: readonly string[],
      organizationId?: string,
    ): Promise<ReadonlyMap<string, CredentialUses>> {
      const [environmentRows, requestRows, clientRows] = await Promise.all([
        usersOf(links(), { table: 'environments', credential: 'environment_credentials.credential_id' }),
        usersOf(requests(), { table: 'access_requests', credential: 'access_requests.credential_id' }),
        usersOf(grants(), { table: 'clients', credential: 'grants.credential_id' }),
      ]);
      return new Map(
        credentialIds.map((id) => [
          id,
          {
            environmentIds: idsFor(environmentRows, id),
            accessRequestIds: idsFor(requestRows, id),
            clientIds: idsFor(clientRows, id),
          },
        ]),
      );

      async function usersOf(
        rows: Knex.QueryBuilder,
        { table, credential }: { readonly table: string; readonly credential: string },
      ): Promise<UserRow[]> {
        if (organizationId !== undefined) rows.where(`${table}.organization_id`, organizationId);
        return rows
          .whereIn(credential, credentialIds)
          .orderBy(`${table}.id`)
          .select<UserRow[]>({ id: `${table}.id`, credentialId: credential });
      }
    },

    // For `where (not) exists` in a statement about cloud_credentials.
    grantExists: () =>
      db('grants').whereRaw('grants.credential_id = cloud_credentials.id').select('client_id'),
    linkExists: () =>
      db('environment_credentials')
        .whereRaw('environment_credentials.credential_id = cloud_credentials.id')
        .select('environment_id'),
    requestExists: () =>
      requests()
        .whereRaw('access_requests.credential_id = cloud_credentials.id')
        .select('access_requests.id'),
  };
}

interface UserRow {
  readonly id: string;
  readonly credentialId: string;
}

function idsFor(rows: readonly UserRow[], credentialId: string): string[] {
  return rows.filter((row) => row.credentialId === credentialId).map(({ id }) => id);
}

import type { cloudCredentialsShowRoute } from '@cloud-gateway/contracts';
import type { Caller, HandlerAnswer } from '@cloud-gateway/messaging';
import type { Credential, CredentialUses, Repositories } from '@cloud-gateway/store';

export type StoredCredentialsBody = HandlerAnswer<typeof cloudCredentialsShowRoute>['body'];

/** Shows credentials with what uses them, as far as the caller may see it. */
export async function toStoredCredentialsBodies(
  { credentials }: Pick<Repositories, 'credentials'>,
  caller: Caller,
  rows: readonly Credential[],
): Promise<StoredCredentialsBody[]> {
  const seesAll = caller.permissions.has('organizations:manage');
  const uses = await credentials.usesOf(
    rows.map(({ id }) => id),
    seesAll ? undefined : caller.organizationId,
  );
  return rows.map((row) => toBody(row, uses.get(row.id)));
}

/** The same for one. */
export async function toStoredCredentialsBody(
  repositories: Pick<Repositories, 'credentials'>,
  caller: Caller,
  row: Credential,
): Promise<StoredCredentialsBody> {
  const [body] = await toStoredCredentialsBodies(repositories, caller, [row]);
  if (body === undefined) throw new Error('credentials without a body');
  return body;
}

function toBody(row: Credential, uses: CredentialUses | undefined): StoredCredentialsBody {
  return {
    id: row.id,
    scope: row.organizationId === null ? 'global' : 'organization',
    cloud: row.cloud,
    name: row.name,
    kind: row.kind === 'role' ? 'role' : 'access-key',
    accountId: row.accountId,
    identity: row.identity,
    publicPart: row.publicPart,
    status: row.status,
    statusReason: row.statusReason,
    checkedAt: row.checkedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    usedBy: {
      environmentIds: [...(uses?.environmentIds ?? [])],
      accessRequestIds: [...(uses?.accessRequestIds ?? [])],
      clientIds: [...(uses?.clientIds ?? [])],
    },
  };
}

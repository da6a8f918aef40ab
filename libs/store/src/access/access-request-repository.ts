// Who requested which cloud services, how it was decided, and what became of it.
import type { AccessRequestState } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import type { AccessRequest, AccessRequestChange, NewAccessRequest } from './access-request.ts';

export interface AccessRequestQuery {
  readonly organizationId: string;
  readonly environmentId?: string | undefined;
  readonly state?: AccessRequestState | undefined;
  readonly requestedBy?: string | undefined;
  /** An id of the catalogue; requests that name it among others are found too. */
  readonly service?: string | undefined;
  /** The last id of the page before. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** What an approved or active request may hold on to; every given field has to be equal. */
export interface AccessRequestUse {
  readonly credentialId?: string;
  readonly policyGroupId?: string;
  readonly environmentId?: string;
}

export function createAccessRequestRepository(db: Knex) {
  return {
    async create(request: NewAccessRequest): Promise<void> {
      await db('access_requests').insert({
        ...toRow(request),
        state: 'pending',
        allowed_credential_actions: '[]',
      });
    },

    async find(id: string): Promise<AccessRequest | undefined> {
      return db('access_requests').where({ id }).first<AccessRequest | undefined>(columns);
    },

    /** Like `find`; nobody else changes the row until the transaction ends. */
    async lock(id: string): Promise<AccessRequest | undefined> {
      return db('access_requests').where({ id }).forUpdate().first<AccessRequest | undefined>(columns);
    },

    /** Newest first. */
    async list(query: AccessRequestQuery): Promise<AccessRequest[]> {
      const { organizationId, environmentId, state, requestedBy, service, beforeId, limit } = query;
      const rows = db('access_requests')
        .where({ organization_id: organizationId })
        .orderBy('id', 'desc')
        .limit(limit);
      if (environmentId !== undefined) rows.where({ environment_id: environmentId });
      if (state !== undefined) rows.where({ state });
      if (requestedBy !== undefined) rows.where({ requested_by: requestedBy });
      if (service !== undefined) rows.whereRaw('json_contains(services, ?)', [JSON.stringify(service)]);
      if (beforeId !== undefined) rows.where('id', '<', beforeId);
      return rows.select<AccessRequest[]>(columns);
    },

    /** The approved and active requests that hold on to something: it must not go away under them. */
    async listUsers({
      credentialId,
      policyGroupId,
      environmentId,
    }: AccessRequestUse): Promise<UsingRequest[]> {
      const rows = db('access_requests').whereIn('state', statesInUse).orderBy('id');
      if (credentialId !== undefined) rows.where({ credential_id: credentialId });
      if (policyGroupId !== undefined) rows.where({ policy_group_id: policyGroupId });
      if (environmentId !== undefined) rows.where({ environment_id: environmentId });
      return rows.select<UsingRequest[]>({ id: 'id', state: 'state' });
    },

    /** The same for many policy groups at once. */
    async listGoverned(
      policyGroupIds: readonly string[],
    ): Promise<{ readonly id: string; readonly policyGroupId: string }[]> {
      return db('access_requests')
        .whereIn('policy_group_id', policyGroupIds)
        .whereIn('state', statesInUse)
        .orderBy('id')
        .select({ id: 'id', policyGroupId: 'policy_group_id' });
    },

    /** Changes the state if it is still `from`; returns false when it is another by now. */
    async transition(id: string, { from, to, set }: TransitionStep): Promise<boolean> {
      const changed = await db('access_requests')
        .where({ id, state: from })
        .update({ ...toRow(set), state: to, version: db.raw('version + 1') });
      return changed === 1;
    },

    /** Another secret for the key of an active request, whose first secret nobody has seen. */
    async replaceSecret(id: string, secretSealed: string): Promise<boolean> {
      const changed = await db('access_requests')
        .where({ id, state: 'active' })
        .update({ ...toRow({ secretSealed }), version: db.raw('version + 1') });
      return changed === 1;
    },
  };
}

export interface TransitionStep {
  readonly from: AccessRequestState;
  readonly to: AccessRequestState;
  readonly set: AccessRequestChange;
}

export interface UsingRequest {
  readonly id: string;
  readonly state: AccessRequestState;
}

const statesInUse: readonly AccessRequestState[] = ['approved', 'active'];

const columns = {
  id: 'id',
  organizationId: 'organization_id',
  environmentId: 'environment_id',
  cloud: 'cloud',
  services: 'services',
  reason: 'reason',
  state: 'state',
  requestedBy: 'requested_by',
  requestedAt: 'requested_at',
  decidedBy: 'decided_by',
  decidedAt: 'decided_at',
  decisionReason: 'decision_reason',
  credentialId: 'credential_id',
  accountId: 'account_id',
  policyGroupId: 'policy_group_id',
  allowedCredentialActions: 'allowed_credential_actions',
  accessKeyId: 'access_key_id',
  activatedAt: 'activated_at',
  endedBy: 'ended_by',
  endedAt: 'ended_at',
  endReason: 'end_reason',
  version: 'version',
} as const satisfies Record<keyof AccessRequest, string>;

const writable = { ...columns, secretSealed: 'secret_sealed' } as const;

/** Names the given fields as the table does; lists become JSON. */
function toRow(fields: Partial<NewAccessRequest> & AccessRequestChange): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      writable[field as keyof typeof writable],
      Array.isArray(value) ? JSON.stringify(value) : value,
    ]),
  );
}

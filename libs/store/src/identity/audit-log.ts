// What was done, by whom, to what. Append-only: there is no way here to change or delete an entry.
import type { Knex } from 'knex';
import { storedKey } from './stored-key.ts';

export interface AuditEntry {
  /** Sorts by time. */
  readonly id: string;
  readonly at: Date;
  /** Whose log it belongs to; null when the actor belongs to none. */
  readonly organizationId: string | null;
  /** The client that did it (or tried to); null for the gateway itself. */
  readonly actorId: string | null;
  /** `<noun>.<past participle>`: `client.created`. */
  readonly action: string;
  readonly subjectId: string | null;
  readonly requestId: string | null;
  /** Never a secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface NewAuditEntry extends AuditEntry {
  /** By which a repetition of the same request finds what an earlier attempt did. */
  readonly idempotencyKey?: string | undefined;
}

export interface AuditQuery {
  readonly organizationId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly since?: Date | undefined;
  /** The last id of the page before. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

export function createAuditLog(db: Knex) {
  return {
    async append(entry: NewAuditEntry): Promise<void> {
      await db('audit_log').insert({
        id: entry.id,
        at: entry.at,
        organization_id: entry.organizationId,
        actor_id: entry.actorId,
        action: entry.action,
        subject_id: entry.subjectId,
        request_id: entry.requestId,
        idempotency_key: entry.idempotencyKey === undefined ? null : storedKey(entry.idempotencyKey),
        details: JSON.stringify(entry.details),
      });
    },

    /** Newest first; every given field has to be equal. */
    async list(query: AuditQuery): Promise<AuditEntry[]> {
      const { organizationId, actorId, action, idempotencyKey, since, beforeId, limit } = query;
      const rows = db('audit_log').orderBy('id', 'desc').limit(limit);
      if (organizationId !== undefined) rows.where({ organization_id: organizationId });
      if (actorId !== undefined) rows.where({ actor_id: actorId });
      if (action !== undefined) rows.where({ action });
      if (idempotencyKey !== undefined) rows.where({ idempotency_key: storedKey(idempotencyKey) });
      if (since !== undefined) rows.where('at', '>=', since);
      if (beforeId !== undefined) rows.where('id', '<', beforeId);
      return rows.select<AuditEntry[]>(columns);
    },
  };
}

const columns = {
  id: 'id',
  at: 'at',
  organizationId: 'organization_id',
  actorId: 'actor_id',
  action: 'action',
  subjectId: 'subject_id',
  requestId: 'request_id',
  details: 'details',
};

// Everything that the store knows of one request: what it was, what it changed, and which events tell of it. Stored
// answers are not read: they are sealed.
import type { ChangeKind } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import type { IdempotencyRowKey } from './identity/idempotency-repository.ts';
import { storedKey } from './identity/stored-key.ts';
import { inBatches } from './in-batches.ts';

export interface Trace {
  readonly audit: readonly TracedAct[];
  /** Found by the request's id, which is its key unless the client gave another one, and by the keys of its acts. */
  readonly idempotency: readonly TracedOutcome[];
  /** Creates that are not finished. */
  readonly writeIntents: readonly TracedIntent[];
  readonly revisions: readonly TracedRevision[];
  readonly events: readonly TracedEvent[];
}

interface TracedAct {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly organizationId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface TracedOutcome {
  readonly clientId: string;
  readonly state: 'running' | 'free' | 'done';
  readonly attempt: number;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
}

export interface TracedIntent {
  readonly clientId: string;
  readonly cloud: string;
  readonly accountId: string;
  readonly region: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly firstSentAt: Date | null;
  readonly lastSentAt: Date | null;
}

export interface TracedRevision {
  readonly resourceId: string;
  readonly revision: number;
  readonly change: ChangeKind;
  readonly state: string;
  readonly validFrom: Date;
  readonly sequence: number | null;
  readonly changedFields: readonly string[];
  /** Null, like the rest, when the resource is deleted and forgotten. */
  readonly type: string | null;
  readonly cloudId: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
}

export interface TracedEvent {
  readonly outboxId: number;
  readonly id: string;
  readonly accountId: string;
  readonly routingKey: string;
  readonly type: string;
  readonly sequence: number | null;
  readonly time: Date;
  /** Null while it waits. */
  readonly publishedAt: Date | null;
}

// A request that changed more than this is shown in part.
const rowsMax = 1000;

export function createTraceRepository(db: Knex) {
  return {
    /**
     * Of a run of the poller too: its id is the cause of its changes as a request's is. `keys`: the Idempotency-Keys that
     * are known from elsewhere to have come with it, for the log has those that clients choose.
     */
    async find(requestId: string, keys: readonly IdempotencyRowKey[] = []): Promise<Trace> {
      const audit = await findActs(db, requestId);
      const intents = await findIntents(db, requestId);
      const revisions = await findRevisions(db, requestId);
      return {
        audit: audit.map(({ idempotencyKey: _, ...act }) => act),
        idempotency: await findOutcomes(db, requestId, [
          ...audit.flatMap(keyOfAct),
          ...intents,
          ...keys.map(({ clientId, key }) => ({ clientId, idempotencyKey: storedKey(key) })),
        ]),
        writeIntents: intents.map(({ idempotencyKey: _, ...intent }) => intent),
        revisions,
        events: await findEvents(db, revisions),
      };
    },
  };
}

interface OutcomeKey {
  readonly clientId: string;
  readonly idempotencyKey: Buffer;
}

type ActRow = TracedAct & { readonly idempotencyKey: Buffer | null };

function keyOfAct({ actorId, idempotencyKey }: ActRow): OutcomeKey[] {
  return actorId === null || idempotencyKey === null ? [] : [{ clientId: actorId, idempotencyKey }];
}

function findActs(db: Knex, requestId: string): PromiseLike<ActRow[]> {
  return db('audit_log').where({ request_id: requestId }).orderBy('id').limit(rowsMax).select<ActRow[]>({
    id: 'id',
    at: 'at',
    action: 'action',
    subjectId: 'subject_id',
    actorId: 'actor_id',
    organizationId: 'organization_id',
    details: 'details',
    idempotencyKey: 'idempotency_key',
  });
}

// Without an index: there are as many rows as creates are under way.
function findIntents(db: Knex, requestId: string): PromiseLike<(TracedIntent & OutcomeKey)[]> {
  return db('write_intents')
    .where({ request_id: requestId })
    .limit(rowsMax)
    .select<(TracedIntent & OutcomeKey)[]>({
      clientId: 'client_id',
      idempotencyKey: 'idempotency_key',
      cloud: 'cloud',
      accountId: 'account_id',
      region: 'region',
      type: 'type',
      createdAt: 'created_at',
      firstSentAt: 'first_sent_at',
      lastSentAt: 'last_sent_at',
    });
}

// The key begins with the client: asking for every client costs one look each and spares an index on every write.
async function findOutcomes(
  db: Knex,
  requestId: string,
  keys: readonly OutcomeKey[],
): Promise<TracedOutcome[]> {
  const byRequest: KeyedOutcome[] = await db('clients as c')
    .join('idempotency as i', 'i.client_id', 'c.id')
    .where('i.idempotency_key', storedKey(requestId))
    .limit(rowsMax)
    .select<KeyedOutcome[]>(outcomeColumns);
  const byKey: KeyedOutcome[] = [];
  for (const batch of inBatches(keys, 200)) {
    const rows = db('idempotency as i').where((row) => {
      for (const { clientId, idempotencyKey } of batch) {
        void row.orWhere({ 'i.client_id': clientId, 'i.idempotency_key': idempotencyKey });
      }
    });
    byKey.push(...(await rows.select<KeyedOutcome[]>(outcomeColumns)));
  }
  const nameOf = ({ clientId, idempotencyKey }: OutcomeKey) =>
    `${clientId} ${idempotencyKey.toString('hex')}`;
  const outcomes = new Map([...byRequest, ...byKey].map((outcome) => [nameOf(outcome), outcome]));
  return [...outcomes.values()].map(({ idempotencyKey: _, ...outcome }) => outcome);
}

type KeyedOutcome = TracedOutcome & OutcomeKey;

const outcomeColumns = {
  clientId: 'i.client_id',
  idempotencyKey: 'i.idempotency_key',
  state: 'i.state',
  attempt: 'i.attempt',
  createdAt: 'i.created_at',
  completedAt: 'i.completed_at',
};

function findRevisions(db: Knex, causeId: string): PromiseLike<TracedRevision[]> {
  return db('revisions as r')
    .leftJoin('resources as now', 'now.id', 'r.resource_id')
    .where('r.cause_id', causeId.slice(0, 255))
    .orderBy(['r.valid_from', 'r.sequence'])
    .limit(rowsMax)
    .select<TracedRevision[]>({
      resourceId: 'r.resource_id',
      revision: 'r.revision',
      change: 'r.change',
      state: 'r.state',
      validFrom: 'r.valid_from',
      sequence: 'r.sequence',
      changedFields: 'r.changed_fields',
      type: 'now.type',
      cloudId: 'now.cloud_id',
      accountId: 'now.account_id',
      region: 'now.region',
    });
}

// An event of a change has the id of its revision.
async function findEvents(db: Knex, revisions: readonly TracedRevision[]): Promise<TracedEvent[]> {
  const events: TracedEvent[] = [];
  for (const batch of inBatches(revisions, 200)) {
    const ids = batch.map(({ resourceId, revision }) => `${resourceId}.${revision}`);
    events.push(...(await db('outbox').whereIn('event_id', ids).select<TracedEvent[]>(eventColumns)));
  }
  return events.sort((one, other) => one.outboxId - other.outboxId);
}

const eventColumns = {
  outboxId: 'id',
  id: 'event_id',
  accountId: 'account_id',
  routingKey: 'routing_key',
  type: 'type',
  sequence: 'sequence',
  time: 'time',
  publishedAt: 'published_at',
};

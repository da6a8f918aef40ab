// Remembers the outcome of each write, so that a redelivered message or a repeated request gets the stored answer and
// not a second effect. It has the shape of IdempotencyStore in @cloud-gateway/messaging, which this package must not
// import. Answers hold secrets (a new client's), so they are stored sealed.
import type { ReplyEnvelope } from '@cloud-gateway/contracts';
import type { Repositories } from '../repositories.ts';
import type { IdempotencyRow, IdempotencyRowKey } from './idempotency-repository.ts';

export interface IdempotencyStoreDeps {
  readonly store: {
    readonly read: Pick<Repositories, 'idempotency'>;
    inTransaction<T>(work: (tx: Pick<Repositories, 'idempotency'>) => Promise<T>): Promise<T>;
  };
  /** Of the vault. */
  seal(plaintext: string, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<Buffer>;
}

/** `owner` has to differ for every execution, not only for every process: two of one owner could not be told apart. */
interface Request {
  readonly requestHash: string;
  readonly owner: string;
  readonly leaseMs: number;
}

type Decision =
  | { readonly state: 'execute'; readonly attempt: number }
  | { readonly state: 'done'; readonly sealed: string }
  | { readonly state: 'running' }
  | { readonly state: 'mismatch' };

type Beginning =
  | Exclude<Decision, { state: 'done' }>
  | { readonly state: 'stored'; readonly answer: ReplyEnvelope };

export function createIdempotencyStore({ store, seal, open }: IdempotencyStoreDeps) {
  return {
    async begin(key: IdempotencyRowKey, request: Request): Promise<Beginning> {
      const decision = await decide({ store, key, request });
      if (decision.state !== 'done') return decision;
      const text = (await open(decision.sealed, contextOf(key))).toString('utf8');
      // What `complete` has sealed: authentic, so its shape needs no second look.
      return { state: 'stored', answer: JSON.parse(text) as ReplyEnvelope };
    },

    async extend(key: IdempotencyRowKey, lease: Omit<Request, 'requestHash'>): Promise<boolean> {
      return store.read.idempotency.extend(key, lease);
    },

    async complete(
      key: IdempotencyRowKey,
      { owner, answer }: { readonly owner: string; readonly answer: ReplyEnvelope },
    ): Promise<void> {
      const sealed = await seal(JSON.stringify(answer), contextOf(key));
      await store.read.idempotency.complete(key, { owner, answer: sealed });
    },

    async release(key: IdempotencyRowKey, { owner }: { readonly owner: string }): Promise<void> {
      await store.read.idempotency.release(key, owner);
    },
  };
}

interface Contest {
  readonly store: IdempotencyStoreDeps['store'];
  readonly key: IdempotencyRowKey;
  readonly request: Request;
}

// The insert stands by itself, outside the transaction: of many at once the primary key lets one through, and those
// that come second hold no lock from it with which they could deadlock.
async function decide({ store, key, request }: Contest): Promise<Decision> {
  for (;;) {
    if (await store.read.idempotency.insert(key, request)) return { state: 'execute', attempt: 1 };
    const decision = await store.inTransaction((tx) => takeOver(tx, key, request));
    // Undefined: the row was purged in between, so that this is a first attempt again.
    if (decision !== undefined) return decision;
  }
}

async function takeOver(
  tx: Pick<Repositories, 'idempotency'>,
  key: IdempotencyRowKey,
  { requestHash, owner, leaseMs }: Request,
): Promise<Decision | undefined> {
  const row = await tx.idempotency.lock(key);
  if (row === undefined) return undefined;
  if (row.requestHash !== requestHash) return { state: 'mismatch' };
  if (row.answer !== null) return { state: 'done', sealed: row.answer };
  if (isTaken(row)) return { state: 'running' };
  const attempt = row.attempt + 1;
  await tx.idempotency.take(key, { attempt, owner, leaseMs });
  return { state: 'execute', attempt };
}

function isTaken({ state, leaseIsOver }: IdempotencyRow): boolean {
  return state === 'running' && !leaseIsOver;
}

// Bound to the place: an answer that somebody copies to another client's row does not open there.
function contextOf({ clientId, key }: IdempotencyRowKey): string {
  return `idempotency:${clientId}:${key}`;
}

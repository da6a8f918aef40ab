// A create has its effect once, although nobody can know at each moment whether it has had it. Before the first send, an
// intent is stored with the tag that the resource will have; it goes in the transaction that stores the outcome.
//
// If we die: before the intent, nothing has happened. After it, the next attempt of the wish takes it over and knows that
// something may have been sent: the cloud's idempotency token, or a look-up by the tag, makes sure of one resource. If
// nobody repeats the wish, resolve-intents.ts finds out. After the outcome is stored and before the answer is: the next
// attempt finds the resource in the store by its tag.
import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import { type Change, requestTag } from '@cloud-gateway/clouds';
import { type CreatableType, GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type {
  IntentLease,
  NewWriteIntent,
  Repositories,
  ResourceDocument,
  Store,
  WriteIntent,
} from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import { requestTagOf, type Wish } from './request-tag.ts';

export interface IntentDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'nowMs'>;
}

export interface IntendedCreate {
  readonly account: OpenAccount;
  readonly region: string;
  readonly type: CreatableType;
  readonly spec: object;
  readonly wish: Wish;
  readonly attempt: number;
  readonly deadlineAtMs: number;
  readonly log: Logger;
}

/** What the send needs to be safe to repeat. */
interface Send {
  /** The value of the tag. */
  readonly requestId: string;
  /** Null: surely nothing was sent before. */
  readonly sentAgoMs: number | null;
  /** To be called just before each send: the intent notes when the last one was. Throws when it is not ours any more. */
  readonly beforeSend: () => Promise<void>;
}

export interface IntentWork {
  /** Asks the cloud. Throws outcome-pending when it may or may not have had its effect, anything else when it has not. */
  readonly send: (send: Send) => Promise<Change>;
  /** Stores the outcome; in the transaction in which the intent goes. */
  readonly record: (tx: Repositories, change: Change) => Promise<void>;
  /** False when the cloud's answer holds what cannot be read again: then a resource in the store is not the answer. */
  readonly isAnsweredByStore: boolean;
}

export type Intended =
  | { readonly made: Change }
  /** An earlier attempt has stored it already. */
  | { readonly found: ResourceDocument };

export async function withIntent(
  deps: IntentDeps,
  create: IntendedCreate,
  work: IntentWork,
): Promise<Intended> {
  const { store } = deps;
  const intent = await begin(deps, create);
  const stopBeating = keepLease(store, intent, create.log);
  try {
    const found = create.attempt > 1 ? await findMade(store, intent) : undefined;
    if (found !== undefined && work.isAnsweredByStore) {
      await store.read.writeIntents.finish(intent);
      return { found };
    }
    const sentAgoMs = found === undefined ? intent.sentAgoMs : (intent.sentAgoMs ?? 0);
    const made = await sendOnce({ store, intent, sentAgoMs }, work);
    await store.inTransaction(async (tx) => {
      await work.record(tx, made);
      if (!(await tx.writeIntents.finish(intent))) throw takenOver();
    });
    return { made };
  } catch (err) {
    await giveBack(store, intent, create.log);
    throw err;
  } finally {
    stopBeating();
  }
}

/** Makes the intent, or takes over the one of an earlier attempt as soon as nobody else works on it. */
async function begin(deps: IntentDeps, create: IntendedCreate): Promise<WriteIntent> {
  const { store, clock } = deps;
  const intent = newIntent(create);
  // Each run is an owner of its own: one process may meet the same wish twice at once.
  const owner = randomUUID();
  for (;;) {
    const begun = await store.read.writeIntents.begin(intent, { owner, leaseMs });
    if (begun?.specHash === intent.specHash) return begun;
    if (begun !== null) {
      await giveBack(store, begun, create.log);
      throw reused();
    }
    if (clock.nowMs() + leaseStepMs >= create.deadlineAtMs - 1_000) throw takenOver();
    await sleep(leaseStepMs);
  }
}

function newIntent(create: IntendedCreate): NewWriteIntent {
  const { account, region, type, spec, wish } = create;
  const specHash = createHash('sha256')
    .update(JSON.stringify([account.place, region, type, spec]))
    .digest('hex');
  return {
    clientId: wish.clientId,
    key: wish.idempotencyKey,
    cloud: account.place.cloud,
    accountId: account.place.account,
    region,
    type,
    requestId: requestTagOf(wish),
    credentialClientId: account.grant.clientId,
    specHash,
  };
}

/** What this wish has made already, by its tag. */
async function findMade(store: Store, intent: WriteIntent): Promise<ResourceDocument | undefined> {
  const { cloud, accountId: account, region, type, requestId: value } = intent;
  const { items } = await store.read.resources.list({
    cloud,
    account,
    region,
    type,
    tag: [{ key: requestTag, value }],
    limit: 1,
  });
  return items[0];
}

async function sendOnce(
  { store, intent, sentAgoMs }: { store: Store; intent: WriteIntent; sentAgoMs: number | null },
  { send }: IntentWork,
): Promise<Change> {
  let couldNotBeNoted = false;
  async function beforeSend(): Promise<void> {
    // A send that cannot be noted is not made, and says nothing about one before it.
    couldNotBeNoted = true;
    if (!(await store.read.writeIntents.markSent(intent))) throw takenOver();
    couldNotBeNoted = false;
  }
  try {
    return await send({ requestId: intent.requestId, sentAgoMs, beforeSend });
  } catch (err) {
    const wasRefused = isGatewayError(err) && err.code !== 'outcome-pending' && !couldNotBeNoted;
    // What an earlier attempt may have made is still to be found: a refusal of this one says nothing about it, unless it
    // says that it was made and is gone.
    if (wasRefused && (sentAgoMs === null || err.code === 'gone'))
      await store.read.writeIntents.finish(intent);
    throw err;
  }
}

function keepLease(store: Store, intent: IntentLease, log: Logger): () => void {
  const heartbeat = setInterval(() => {
    // A lost lease is found out when the outcome is stored; here is nothing to decide.
    store.read.writeIntents
      .extend(intent, leaseMs)
      .catch((err: unknown) => log.debug('the lease of an intent could not be extended', { err }));
  }, leaseMs / 3);
  return () => clearInterval(heartbeat);
}

/** So that the next attempt need not wait for the end of the lease; one that is finished is not there any more. */
async function giveBack(store: Store, intent: IntentLease, log: Logger): Promise<void> {
  await store.read.writeIntents
    .release(intent)
    .catch((err: unknown) => log.warn('the lease of an intent could not be given back', { err }));
}

// Shorter than the lease of a write at the responder: whoever takes over the one finds the other free.
const leaseMs = 8_000;
const leaseStepMs = 200;

function reused(): GatewayError {
  return new GatewayError('idempotency-key-reused', {
    message: 'This Idempotency-Key was used for another create, whose outcome is not known yet.',
  });
}

function takenOver(): GatewayError {
  return new GatewayError('request-in-progress', {
    message: 'Another attempt of the same request is being executed.',
    retryAfterMs: 2_000,
  });
}

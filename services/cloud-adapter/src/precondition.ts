// Optimistic concurrency (RFC 9110 13.1.1): with If-Match a write takes place only when nobody has changed the resource
// since the caller read it, at the gateway or beside it. So the cloud is looked at first, and from that look until the
// outcome is stored a lease keeps other writes with If-Match away: of two at once exactly one finds its revision.
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { ResourceDocument } from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import { documentEtag, matchesRevision } from './etag.ts';
import { type LookDeps, lookAgain } from './look-again.ts';
import { idempotencyTokenOf, type Wish } from './request-tag.ts';

export interface PreconditionDeps extends LookDeps {
  readonly clock: Clock;
}

export interface ConditionalWrite {
  readonly account: OpenAccount;
  /** As it is in the store. */
  readonly found: ResourceDocument;
  /** If-Match as it was sent; undefined: no condition. */
  readonly ifMatch: string | readonly string[] | undefined;
  readonly requestId: string;
  readonly wish: Wish;
  readonly attempt: number;
  readonly deadlineAtMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Hands `work` what is known of the resource now, when the condition holds. Throws precondition-failed, or conflict when
 * another such write is under way for too long.
 *
 * If we die in `work`: the lease runs out, and the redelivered message finds another revision than the caller named. It
 * cannot tell whether that was its own doing, and says so (outcome-unknown).
 */
export async function underPrecondition<T>(
  deps: PreconditionDeps,
  write: ConditionalWrite,
  work: (known: ResourceDocument) => Promise<T>,
): Promise<T> {
  const { found, ifMatch, attempt } = write;
  if (ifMatch === undefined) return work(found);
  const release = await takeLease(deps, write);
  try {
    const { region } = found;
    const fresh = await lookAgain(deps, { ...write, region }, found);
    if (fresh === null) throw notShown(found);
    if (matchesRevision(ifMatch, fresh)) return await work(fresh);
    throw attempt > 1 ? perhapsDone(fresh) : changedSince(fresh);
  } finally {
    await release();
  }
}

async function takeLease(
  { store, clock }: PreconditionDeps,
  { found, wish, deadlineAtMs, log }: ConditionalWrite,
): Promise<() => Promise<void>> {
  const name = `write:${found.id}`;
  // Of the wish and not of this process: the next attempt of a write that broke off need not wait for itself.
  const owner = idempotencyTokenOf(wish);
  // Longer than the write may take, so that it cannot be lost on the way.
  const leaseMs = Math.max(0, deadlineAtMs - clock.nowMs()) + 5_000;
  const patientUntilMs = Math.min(deadlineAtMs - 1_000, clock.nowMs() + patienceMs);
  while ((await store.read.leases.take(name, { owner, leaseMs })) === null) {
    if (clock.nowMs() + stepMs >= patientUntilMs) throw busy(found);
    await sleep(stepMs);
  }
  return () =>
    store.read.leases.release(name, owner).catch((err: unknown) => {
      // It runs out by itself; until then others are told to come back.
      log.warn('a lease of a write could not be given back', { name, err });
    });
}

const patienceMs = 5_000;
const stepMs = 100;

function changedSince(fresh: ResourceDocument): GatewayError {
  return new GatewayError('precondition-failed', {
    message: `The ${fresh.type} ${fresh.cloudId} was changed since: it is ${documentEtag(fresh)} now.`,
  });
}

function perhapsDone(fresh: ResourceDocument): GatewayError {
  return new GatewayError('outcome-unknown', {
    message: `An earlier attempt of this request broke off, and the ${fresh.type} ${fresh.cloudId} was changed since you read it, perhaps by that attempt. It is ${documentEtag(fresh)} now.`,
  });
}

function busy({ type, cloudId }: ResourceDocument): GatewayError {
  return new GatewayError('conflict', {
    message: `Another write of the ${type} ${cloudId} is under way. Read it again and decide again.`,
  });
}

function notShown({ type, cloudId }: ResourceDocument): GatewayError {
  return new GatewayError('cloud-not-found', {
    message: `The cloud does not show the ${type} ${cloudId} at the moment: it is gone, or so new that it cannot be seen yet.`,
  });
}

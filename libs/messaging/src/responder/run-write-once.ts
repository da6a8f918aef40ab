// A write has its effect once, however often its message is delivered or its request is repeated: the outcome is
// stored under (client, idempotency key) before the message is acknowledged, and a repetition gets the stored answer.
//
// If we die: before begin(), the redelivered message starts afresh. Between begin() and complete(), the lease runs out
// and the next delivery executes again as attempt 2, which every write handler is written to survive. After complete(),
// the redelivered message gets the stored answer.
import { createHash } from 'node:crypto';
import { GatewayError, isGatewayError, type ReplyEnvelope } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import { encodeProblem } from './encode-answer.ts';
import type { IdempotencyKey, IdempotencyStore } from './idempotency-store.ts';
import type { OpenedRequest } from './open-request.ts';
import { runHandler } from './run-handler.ts';

export interface WriteOnceOptions {
  readonly idempotency: IdempotencyStore;
  /** Names this process among all that execute writes. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly now: () => number;
}

/** Rejects with a retryable GatewayError when nothing was stored: the caller may send the same request again. */
export async function runWriteOnce(
  options: WriteOnceOptions,
  request: OpenedRequest,
): Promise<ReplyEnvelope> {
  const { caller } = request;
  if (!caller) return runHandler(request, 1);
  const key = { clientId: caller.clientId, key: request.idempotencyKey };
  // A process may meet the same key twice at once; each run is an owner of its own.
  const owner = `${options.owner}:${request.requestId}`;
  const beginning = await beginOrWait({ ...options, owner }, request, key);
  if (beginning.state === 'stored')
    return { ...beginning.answer, headers: { ...beginning.answer.headers, 'idempotency-replayed': 'true' } };
  return execute({ ...options, owner }, request, key, beginning.attempt);
}

async function beginOrWait(options: WriteOnceOptions, request: OpenedRequest, key: IdempotencyKey) {
  const requestHash = hashRequest(request);
  for (;;) {
    const beginning = await options.idempotency.begin(key, {
      requestHash,
      owner: options.owner,
      leaseMs: options.leaseMs,
    });
    switch (beginning.state) {
      case 'execute':
      case 'stored':
        return beginning;
      case 'mismatch':
        throw new GatewayError('idempotency-key-reused', {
          message: 'This Idempotency-Key was used for a different request.',
        });
      case 'running':
        if (options.now() + waitStepMs >= request.deadlineAtMs) {
          throw new GatewayError('request-in-progress', {
            message: 'The same request is still being executed.',
            retryAfterMs: 2_000,
          });
        }
        await sleep(waitStepMs);
    }
  }
}

const waitStepMs = 100;

async function execute(
  options: WriteOnceOptions,
  request: OpenedRequest,
  key: IdempotencyKey,
  attempt: number,
): Promise<ReplyEnvelope> {
  const { idempotency, owner, leaseMs } = options;
  const heartbeat = setInterval(() => {
    // A lost lease or a database that is away for a moment is found out at complete(); here is nothing to decide.
    idempotency
      .extend(key, { owner, leaseMs })
      .catch((err: unknown) => request.log.debug('a write lease could not be extended', { err }));
  }, leaseMs / 3);
  try {
    const answer = await outcomeOf(request, attempt);
    await storeOutcome(options, request, key, answer);
    return answer;
  } catch (err) {
    await idempotency.release(key, { owner }).catch(() => undefined); // Else the lease runs out by itself.
    throw err;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A refusal that would be the same next time is an outcome like any other; a retryable one, or a fault of ours, is not. */
async function outcomeOf(request: OpenedRequest, attempt: number): Promise<ReplyEnvelope> {
  try {
    return await runHandler(request, attempt);
  } catch (err) {
    if (isGatewayError(err) && !err.retryable && err.code !== 'internal')
      return encodeProblem(err, request.requestId);
    throw err;
  }
}

/** The effect has happened: a database that is away must come back and take the outcome, so this is patient. */
async function storeOutcome(
  options: WriteOnceOptions,
  request: OpenedRequest,
  key: IdempotencyKey,
  answer: ReplyEnvelope,
): Promise<void> {
  const endsAtMs = options.now() + outcomePatienceMs;
  for (;;) {
    try {
      await options.idempotency.complete(key, { owner: options.owner, answer });
      return;
    } catch (err) {
      if (!isGatewayError(err) || !err.retryable || options.now() >= endsAtMs) throw err;
      request.log.warn('the outcome of a write cannot be stored yet; trying again', { err });
      await sleep(500);
    }
  }
}

const outcomePatienceMs = 60_000;

function hashRequest({ envelope }: OpenedRequest): string {
  const { method, path, query, body, bodyEncoding } = envelope;
  return createHash('sha256')
    .update(JSON.stringify([method, path, query, bodyEncoding, body]))
    .digest('hex');
}

// One call: as many attempts as its deadline and its bound allow, where repeating is safe. Reads are; so are writes, which
// carry an idempotency key. Login is not repeated.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Route } from '@cloud-gateway/contracts';
import { type GatewayProblem, isGatewayProblem, localProblem } from '../gateway-problem.ts';
import type { TokenSource } from '../tokens/token-source.ts';
import type { Transport, TransportRequest } from '../transport/transport.ts';
import { abortable } from './abortable.ts';
import { buildRequest } from './build-request.ts';
import type { Answer, AnyCallInput } from './call-types.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { readAnswer } from './read-answer.ts';
import { repeatDelayMs } from './repeat-delay.ts';

/** Rejects with GatewayProblem, or with the reason of the caller's signal. */
export type Caller = (route: Route, input?: AnyCallInput) => Promise<Answer<unknown>>;

export interface CallerDeps {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly userAgent: string;
  /** Of a call with its repetitions. */
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  /** Aborts when the client is closed. */
  readonly closed: AbortSignal;
}

export function createCaller(deps: CallerDeps): Caller {
  return async (route, input = {}) => {
    const request = buildRequest(route, input, { newId: randomUUID, userAgent: deps.userAgent });
    const deadline = openDeadline({
      timeoutMs: input.timeoutMs ?? deps.timeoutMs,
      signals: [deps.closed, input.signal],
      late: () => tooLate(request),
    });
    try {
      return await attemptUntilDone(deps, route, request, deadline);
    } finally {
      deadline.close();
    }
  };
}

async function attemptUntilDone(
  deps: CallerDeps,
  route: Route,
  request: TransportRequest,
  deadline: Deadline,
): Promise<Answer<unknown>> {
  let mayRenew = route.auth === 'token';
  for (let attempt = 1; ; attempt++) {
    const token = route.auth === 'token' ? await currentToken(deps, attempt, deadline) : undefined;
    try {
      return await attemptOnce(deps, withToken(request, token), deadline);
    } catch (error) {
      deadline.signal.throwIfAborted();
      if (mayRenew && token !== undefined && isRefused(error) && deps.tokens.refused(token)) {
        mayRenew = false; // A second refusal is no longer the token's fault.
        continue;
      }
      await waitToRepeat(deps, { error, attempt, repeatable: isRepeatable(route) }, deadline);
    }
  }
}

/** Waits for the gateway when it cannot be reached; what the login is refused for is final. */
async function currentToken(deps: CallerDeps, firstAttempt: number, deadline: Deadline): Promise<string> {
  for (let attempt = firstAttempt; ; attempt++) {
    try {
      return await abortable(deps.tokens.current(), deadline.signal);
    } catch (error) {
      deadline.signal.throwIfAborted();
      await waitToRepeat(deps, { error, attempt, repeatable: isUnreachable(error) }, deadline);
    }
  }
}

async function attemptOnce(
  { transport }: CallerDeps,
  request: TransportRequest,
  deadline: Deadline,
): Promise<Answer<unknown>> {
  const attempt = openDeadline({
    timeoutMs: Math.min(deadline.remainingMs(), attemptTimeoutMs(request)),
    signals: [deadline.signal],
    late: () => tooLate(request),
  });
  try {
    return readAnswer(await transport.send(request, { signal: attempt.signal, deadlineAtMs: attempt.atMs }));
  } finally {
    attempt.close();
  }
}

/** Throws the error when the call is not to be repeated. */
async function waitToRepeat(
  { attemptsMax }: CallerDeps,
  failed: { readonly error: unknown; readonly attempt: number; readonly repeatable: boolean },
  deadline: Deadline,
): Promise<void> {
  const { error, attempt, repeatable } = failed;
  const remainingMs = deadline.remainingMs();
  const delayMs = repeatDelayMs({ error, attempt, attemptsMax, remainingMs, random: Math.random });
  if (!repeatable || delayMs === undefined) throw error;
  await delay(delayMs, undefined, { signal: deadline.signal }).catch(() => deadline.signal.throwIfAborted());
}

/** Longer than the gateway itself waits, so that its own answer comes first; a preferred wait is added. */
function attemptTimeoutMs({ headers }: TransportRequest): number {
  const [, seconds = '0'] = /(?:^|[,\s])wait=(\d+)/.exec(headers['prefer'] ?? '') ?? [];
  return 35_000 + Number(seconds) * 1_000;
}

/** A write with a token has an idempotency key; without one it is a login. */
function isRepeatable({ method, auth }: Route): boolean {
  return method === 'GET' || auth === 'token';
}

function withToken(request: TransportRequest, token: string | undefined): TransportRequest {
  if (token === undefined) return request;
  return { ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } };
}

function isRefused(error: unknown): boolean {
  return isGatewayProblem(error) && error.code === 'unauthenticated';
}

function isUnreachable(error: unknown): boolean {
  return isGatewayProblem(error) && ['unavailable', 'overloaded', 'deadline-exceeded'].includes(error.code);
}

function tooLate({ id, method, path }: TransportRequest): GatewayProblem {
  return localProblem('deadline-exceeded', `No answer to ${method} ${path} came in time.`, { requestId: id });
}

// How every call to AWS is made: within the account's budget and a time limit, logged, its failure turned into a
// GatewayError. The SDK itself never repeats anything (maxAttempts 1), because only we know what is safe to repeat: `read` repeats, `write` repeats
// once what converges, `attempt` never repeats and tells whether the call may have had its effect.
import type { GatewayError } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import type { CallBudget } from '../budget/call-budgets.ts';
import { wasSurelyNotSent } from '../errors/not-sent.ts';
import { toGatewayError } from '../errors/to-gateway-error.ts';
import { withCallDeadline } from './with-call-deadline.ts';

export interface AwsCallerOptions {
  /** `ec2 us-east-1`: begins every message. */
  readonly where: string;
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly random: () => number;
  readonly log: Logger;
  /** Takes a token before each attempt. Undefined: calls that AWS counts elsewhere, of STS for example. */
  readonly budget?: CallBudget | undefined;
  /** For the log: the request that the calls are made for. */
  readonly requestId?: string | undefined;
}

/** Makes the call itself: `client.send(command, options)`. */
type Send<T> = (options: { readonly abortSignal: AbortSignal }) => Promise<T>;

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: GatewayError; readonly mayHaveHappened: boolean };

export interface AwsCaller {
  /** Repeats a few times what failed for the moment. A throttled call is not repeated: that would be more of the same. */
  read<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<T>;
  /** Repeats once when the connection or the cloud failed. Only for calls that do no harm when they arrive twice. */
  write<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<T>;
  attempt<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<Attempt<T>>;
}

const readAttempts = 3;
const writeAttempts = 2;
const retryCodes: ReadonlySet<string> = new Set(['cloud-failed', 'cloud-unreachable', 'cloud-timeout']);

export function createAwsCaller(options: AwsCallerOptions): AwsCaller {
  const attempt: AwsCaller['attempt'] = (operation, signal, send) =>
    attemptOnce(options, operation, signal, send);

  return {
    attempt,
    read: (operation, signal, send) =>
      repeated(options, signal, readAttempts, () => attempt(operation, signal, send)),
    write: (operation, signal, send) =>
      repeated(options, signal, writeAttempts, () => attempt(operation, signal, send)),
  };
}

async function repeated<T>(
  { random }: AwsCallerOptions,
  signal: AbortSignal,
  attempts: number,
  once: () => Promise<Attempt<T>>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await once();
    if (outcome.ok) return outcome.value;
    if (attempt >= attempts || signal.aborted || !retryCodes.has(outcome.error.code)) throw outcome.error;
    // Aborted while waiting: the failure that we waited after says more than the abort.
    const waited = await sleep(retryDelayMs({ attempt, baseMs: 100, maxMs: 1_000, random }), signal).then(
      () => true,
      () => false,
    );
    if (!waited) throw outcome.error;
  }
}

async function attemptOnce<T>(
  options: AwsCallerOptions,
  operation: string,
  signal: AbortSignal,
  send: Send<T>,
): Promise<Attempt<T>> {
  const { budget } = options;
  try {
    await budget?.take(operation, signal);
  } catch (error) {
    const what = `${options.where} ${operation}`;
    return {
      ok: false,
      error: toGatewayError(error, { what, aborted: false, secrets: [] }),
      mayHaveHappened: false,
    };
  }
  const outcome = await sendOnce(options, operation, signal, send);
  if (outcome.ok) budget?.noteTaken(operation);
  else if (outcome.error.code === 'cloud-throttled') budget?.noteThrottled(operation);
  return outcome;
}

async function sendOnce<T>(
  { where, secrets, timeoutMs, log, requestId }: AwsCallerOptions,
  operation: string,
  signal: AbortSignal,
  send: Send<T>,
): Promise<Attempt<T>> {
  const startedAtMs = performance.now();
  const logged = (level: 'debug' | 'info', outcome: string, cloudRequestId: string | undefined) =>
    log[level]('cloud call', {
      event: 'cloud-call',
      ...(requestId !== undefined && { requestId }),
      operation,
      where,
      outcome,
      cloudRequestId,
      durationMs: Math.round(performance.now() - startedAtMs),
    });
  const deadline = withCallDeadline(signal, timeoutMs);
  try {
    const value = await send({ abortSignal: deadline.signal });
    // Polls make many calls, requests a few, each of which somebody may ask about.
    logged(requestId === undefined ? 'debug' : 'info', 'ok', requestIdOf(value));
    return { ok: true, value };
  } catch (raw) {
    const what = `${where} ${operation}`;
    const error = toGatewayError(raw, { what, aborted: deadline.signal.aborted, secrets });
    logged('info', error.cloud?.code ?? error.code, error.cloud?.requestId);
    return { ok: false, error, mayHaveHappened: mayHaveHappened(raw) };
  } finally {
    deadline.dispose();
  }
}

function requestIdOf(answer: unknown): string | undefined {
  return (answer as { $metadata?: { requestId?: string } } | undefined)?.$metadata?.requestId;
}

function mayHaveHappened(raw: unknown): boolean {
  if (wasSurelyNotSent(raw)) return false;
  const { name, $metadata } = raw as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  // No answer, or a good answer that could not be read, or one whose date was too far off.
  if (status === undefined || status < 400) return true;
  // A cloud without room for it says so with a 500; any other 500 may have come after the effect.
  return status >= 500 && status !== 503 && !name?.startsWith('Insufficient');
}

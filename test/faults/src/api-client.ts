// A caller of the gateway as the documents ask him to be: every call has a deadline, and what is answered with a
// retryable problem, or not at all because a door was closing, is sent again with the same Idempotency-Key, at another
// door when there is one.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problemSchema } from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';

/** `refused`: the connection could not be made, or broke before an answer. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly edgeUrl: string; readonly reason: string };

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** The caller goes away. */
  readonly signal?: AbortSignal;
}

export interface ApiClient {
  /** Once, at one door. Rejects only when there was no answer at all for 45 s: the gateway never hangs. */
  send(call: Call): Promise<Answer>;
  /** Until it is served or refused for good; all answers in order. Rejects when that takes longer than two minutes. */
  sendUntilServed(call: Call): Promise<readonly Answer[]>;
  withToken(token: string): ApiClient;
}

const answerTimeoutMs = 95_000;
const patienceMs = 120_000;
const pauseMaxMs = 300;

/** `edgeUrls` is asked before each call: doors come and go. */
export function createApiClient(edgeUrls: () => readonly string[], token?: string): ApiClient {
  let calls = 0;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };

  async function send(call: Call): Promise<Answer> {
    const urls = edgeUrls();
    const edgeUrl = urls[calls++ % urls.length];
    if (edgeUrl === undefined) throw new Error('No edge is running');
    return sendOnce(edgeUrl, call, headers);
  }

  return {
    send,
    async sendUntilServed(call) {
      const answers: Answer[] = [];
      const endsAtMs = performance.now() + patienceMs;
      for (;;) {
        const answer = await send(call);
        answers.push(answer);
        if (!isRetryable(answer)) return answers;
        if (performance.now() > endsAtMs)
          throw new Error(`Not served within ${patienceMs} ms: ${JSON.stringify(answers.slice(-3))}`);
        // Retry-After has whole seconds, which is more patience than a test needs.
        await sleep(pauseMaxMs * Math.random());
      }
    },
    withToken(newToken) {
      rememberSecret(newToken);
      return createApiClient(edgeUrls, newToken);
    },
  };
}

async function sendOnce(
  edgeUrl: string,
  { method, path, body, idempotencyKey, signal }: Call,
  headers: Record<string, string>,
): Promise<Answer> {
  try {
    const response = await fetch(`${edgeUrl}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), ...(signal ? [signal] : [])]),
    });
    const replayed = response.headers.get('idempotency-replayed') === 'true';
    return { kind: 'answer', status: response.status, body: await response.json(), replayed };
  } catch (err) {
    if (!(err instanceof TypeError)) throw err; // A deadline that passed, or an answer that is no JSON.
    const { cause } = err as { cause?: { code?: string; message?: string } };
    return { kind: 'refused', edgeUrl, reason: String(cause?.code ?? cause?.message ?? err.message) };
  }
}

/** The problem that an answer is; undefined for an answer of another kind. */
export function problemOf(answer: Answer): Problem | undefined {
  return answer.kind === 'answer' && answer.status >= 400 ? problemSchema.parse(answer.body) : undefined;
}

export function isRetryable(answer: Answer): boolean {
  return answer.kind === 'refused' || problemOf(answer)?.retryable === true;
}

/** The body of an answer that was served. Throws what was answered instead. */
export function servedBody<Body>(answer: Answer | undefined): Body {
  if (answer?.kind === 'answer' && answer.status < 300) return answer.body as Body;
  throw new Error(`Not served: ${JSON.stringify(answer)}`);
}

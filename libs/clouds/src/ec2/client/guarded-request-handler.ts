// The SDK's HTTP handler with the clock guard around it. Nothing is sent to an endpoint whose clock is more than 300 s
// from ours, and nothing that it says is believed. An endpoint that was not heard of for a while is asked for its time
// first, with a plain request that is not signed: any answer to it has a Date header.
import type { Clock, SkewGuard } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { NotSent } from '../errors/not-sent.ts';
import { orAborted } from './or-aborted.ts';

export interface GuardedRequestHandlerOptions {
  readonly inner: Pick<NodeHttpHandler, 'handle'>;
  readonly guard: SkewGuard;
  readonly clock: Clock;
  readonly probeTimeoutMs: number;
}

type HandleArguments = Parameters<NodeHttpHandler['handle']>;
type HttpRequest = HandleArguments[0];
type HandleOptions = NonNullable<HandleArguments[1]>;
type HandleResult = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/** The part of the SDK's handler that its clients use. */
export interface GuardedRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options?: HandleOptions): Promise<HandleResult>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const observationMaxAgeMs = 60_000;

export function guardedRequestHandler(options: GuardedRequestHandlerOptions): GuardedRequestHandler {
  const { guard } = options;
  const probing = new Map<string, Promise<void>>();
  // An endpoint without a Date header stays unknown whatever we do: it is not asked before every call.
  const askedAtMs = new Map<string, number>();

  return {
    metadata: { handlerProtocol: 'http/1.1' },

    async handle(request, handleOptions = {}) {
      const endpoint = endpointOf(request);
      try {
        if (isProbeDue(endpoint))
          await unlessAborted(probeOnce(endpoint, request), handleOptions.abortSignal);
        refuseOutOfSync(endpoint, guard);
      } catch (error) {
        throw new NotSent(error);
      }
      const answer = await observed(options, endpoint, () => options.inner.handle(request, handleOptions));
      try {
        refuseOutOfSync(endpoint, guard, answer);
      } catch (error) {
        // Whatever else it says is not believed; but what it has refused has had no effect.
        throw isRefusal(answer) ? new NotSent(error) : error;
      }
      return answer;
    },

    // Shared by every client of the cloud: one that is thrown out of the cache must not cut the others' connections.
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };

  function isProbeDue(endpoint: string): boolean {
    if (!guard.needsProbe(endpoint, observationMaxAgeMs)) return false;
    if (guard.timeOf(endpoint).state !== 'unknown') return true;
    const sinceMs = options.clock.nowMs() - (askedAtMs.get(endpoint) ?? Number.NEGATIVE_INFINITY);
    return Math.abs(sinceMs) > observationMaxAgeMs;
  }

  // Many calls that find the same old observation share one probe.
  async function probeOnce(endpoint: string, request: HttpRequest): Promise<void> {
    const running = probing.get(endpoint);
    if (running !== undefined) return running;
    const probe = probeTime(options, endpoint, request).finally(() => probing.delete(endpoint));
    probing.set(endpoint, probe);
    await probe;
    askedAtMs.set(endpoint, options.clock.nowMs());
  }
}

// A probe is shared, so it is not ended with the call that began it; that call just stops waiting for it.
async function unlessAborted(probe: Promise<void>, signal: HandleOptions['abortSignal']): Promise<void> {
  if (!(signal instanceof AbortSignal)) return probe;
  return orAborted(
    probe,
    signal,
    () => new DOMException('aborted while asking the endpoint for its time', 'AbortError'),
  );
}

async function probeTime(
  options: GuardedRequestHandlerOptions,
  endpoint: string,
  request: HttpRequest,
): Promise<void> {
  const probe = Object.assign(request.clone(), {
    method: 'HEAD',
    path: '/',
    query: {},
    headers: { host: request.headers['host'] ?? request.hostname, 'user-agent': 'cloud-gateway clock probe' },
    body: undefined,
  });
  const { response } = await observed(options, endpoint, () =>
    options.inner.handle(probe, { requestTimeout: options.probeTimeoutMs }),
  );
  // Unread, the answer would keep its connection.
  (response.body as { resume?: () => void } | undefined)?.resume?.();
}

async function observed(
  { guard, clock }: GuardedRequestHandlerOptions,
  endpoint: string,
  send: () => Promise<HandleResult>,
): Promise<HandleResult> {
  const sentAtMs = clock.nowMs();
  const answer = await send();
  const dateHeader = answer.response.headers['date'];
  guard.observe(endpoint, { dateHeader, sentAtMs, receivedAtMs: clock.nowMs() });
  return answer;
}

function refuseOutOfSync(endpoint: string, guard: SkewGuard, answer?: HandleResult): void {
  const verdict = guard.assertInSync(endpoint);
  if (verdict.ok) return;
  (answer?.response.body as { destroy?: () => void } | undefined)?.destroy?.();
  const seconds = Math.abs(verdict.skewSeconds);
  const direction = verdict.skewSeconds > 0 ? 'ahead of' : 'behind';
  throw new GatewayError('cloud-clock-skew', {
    message: `the clock of ${endpoint} is ${seconds} seconds ${direction} ours`,
  });
}

function isRefusal({ response: { statusCode } }: HandleResult): boolean {
  return statusCode >= 400 && statusCode < 500;
}

function endpointOf({ protocol, hostname, port }: HttpRequest): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

import type { UpstreamConnection } from '../upstream/create-upstream.ts';
import { isUpstreamError } from '../upstream/upstream-error.ts';
import type { Call } from './call.ts';
import type { ForwardDeps } from './forward-deps.ts';
import { RefusedCall } from './refused-call.ts';

/** An idle connection to an endpoint whose clock is right, if there is one. */
export function reuseUpstream(
  { upstream, skewGuard }: Pick<ForwardDeps, 'upstream' | 'skewGuard'>,
  { host }: Call,
): UpstreamConnection | undefined {
  return skewGuard.assertInSync(host).ok ? upstream.tryAcquire({ host, port: 443 }) : undefined;
}

/** Throws RefusedCall when there is no connection, or when the endpoint's clock is out of sync with ours. */
export async function connectUpstream(
  { upstream, skewGuard, clock }: Pick<ForwardDeps, 'upstream' | 'skewGuard' | 'clock'>,
  { host }: Call,
): Promise<UpstreamConnection> {
  const inSync = skewGuard.assertInSync(host);
  // Now and then one call goes out all the same, to see whether the clock is back.
  if (!inSync.ok && clock.nowMs() - (skewGuard.timeOf(host).observedAtMs ?? 0) < probeEveryMs) {
    throw new RefusedCall(
      'cloud-unreachable',
      `The clock of ${host} and ours are ${Math.round(inSync.skewSeconds)} seconds apart; more than 300 are refused.`,
    );
  }
  const target = { host, port: 443 };
  try {
    return await upstream.acquire(target);
  } catch (err) {
    if (!isUpstreamError(err)) throw err;
    throw new RefusedCall(err.kind === 'timeout' ? 'cloud-timeout' : 'cloud-unreachable', err.message);
  }
}

const probeEveryMs = 5000;

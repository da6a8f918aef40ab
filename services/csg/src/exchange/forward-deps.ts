import type { Clock, SkewGuard } from '@cloud-gateway/clock';
import type { SigningKeyCache } from '@cloud-gateway/sigv4';
import type { Upstream } from '../upstream/create-upstream.ts';

export interface ForwardDeps {
  readonly clock: Clock;
  readonly upstream: Upstream;
  readonly signingKeys: SigningKeyCache;
  readonly skewGuard: SkewGuard;
  readonly timeouts: ForwardTimeouts;
}

interface ForwardTimeouts {
  /** From the end of the request to the head of the answer. A synchronous Lambda may take 15 minutes. */
  readonly answerMs: number;
  /** Nothing moves on a body, either way. */
  readonly idleMs: number;
}

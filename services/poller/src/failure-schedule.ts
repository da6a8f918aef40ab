// What a failed poll means for its unit, and when it is tried again. Pure.
import { isGatewayError, type PollState } from '@cloud-gateway/contracts';
import { jittered } from './schedule.ts';

export interface FailureSettings {
  /** After the first failure; doubles with every further one. */
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** How soon credentials that the cloud has refused, altogether or for this listing, are tried again. */
  readonly credentialsRecheckMs: number;
  /** How soon an endpoint whose clock is wrong is asked for its time again. */
  readonly clockRecheckMs: number;
}

export interface PollFailureDecision {
  readonly state: Exclude<PollState, 'ok' | 'partial'>;
  readonly errorCode: string;
  readonly error: string;
  readonly nextInMs: number;
}

/** `failuresBefore` counts the failures in a row before this one. */
export function decideFailure(
  settings: FailureSettings,
  err: unknown,
  failuresBefore: number,
  random: () => number,
): PollFailureDecision {
  const { errorCode, error, retryAfterMs } = describe(err);
  const again = (ms: number) => jittered(Math.max(ms, retryAfterMs), random);
  switch (errorCode) {
    case 'credentials-rejected':
      return {
        state: 'credentials_invalid',
        errorCode,
        error,
        nextInMs: again(settings.credentialsRecheckMs),
      };
    case 'cloud-forbidden':
      return { state: 'denied', errorCode, error, nextInMs: again(settings.credentialsRecheckMs) };
    case 'cloud-clock-skew':
      return { state: 'out_of_sync', errorCode, error, nextInMs: again(settings.clockRecheckMs) };
    default: {
      const backoffMs = Math.min(settings.backoffMaxMs, settings.backoffBaseMs * 2 ** failuresBefore);
      return { state: 'failing', errorCode, error, nextInMs: again(backoffMs) };
    }
  }
}

// The text of a fault of ours stays in the log: it may hold anything.
function describe(err: unknown): { errorCode: string; error: string; retryAfterMs: number } {
  if (!isGatewayError(err))
    return { errorCode: 'internal', error: 'A fault of the gateway', retryAfterMs: 0 };
  return { errorCode: err.code, error: err.message, retryAfterMs: err.retryAfterMs ?? 0 };
}

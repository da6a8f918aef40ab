// Which connections can have been opened by a log-in: RabbitMQ tells of a connection whose it is and since when, and not
// with which token.
import type { OverLogin } from '@cloud-gateway/store';

/** Milliseconds; both ends belong to it. */
export interface ConnectionWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

// RabbitMQ gives a handshake 10 s, and counts a connection's age from before it.
const handshakeMs = 11_000;
// How far off the broker's clock may be that we read, whose answers have whole seconds, and how long a log-in may take
// from being noted to being answered.
const toleranceMs = 3_000;

/** Every connection opened with this token, and those that another token of the client opened in the same time. */
export function connectionWindow({
  firstAt,
  lastAt,
}: Pick<OverLogin, 'firstAt' | 'lastAt'>): ConnectionWindow {
  return {
    fromMs: firstAt.getTime() - handshakeMs - toleranceMs,
    toMs: lastAt.getTime() + toleranceMs,
  };
}

/** Those of them whose handshake had begun before it was over; whoever came back after that did so with a good token. */
export function latecomerWindow(
  login: Pick<OverLogin, 'firstAt' | 'lastAt' | 'overSince'>,
): ConnectionWindow {
  const { fromMs, toMs } = connectionWindow(login);
  return { fromMs, toMs: Math.min(toMs, login.overSince.getTime() + toleranceMs) };
}

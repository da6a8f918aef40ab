// Where the token of a call comes from: given once and for all, or fetched with the client's secret and renewed.
import { localProblem } from '../gateway-problem.ts';

export interface TokenSource {
  /** A token to use now. Rejects with GatewayProblem: that of the login. */
  current(): Promise<string>;
  /** This token was refused. False: there is no other to be had. */
  refused(token: string): boolean;
}

/** Asks for a new token once; rejects with GatewayProblem. */
export type Login = () => Promise<string>;

export function fixedToken(token: string): TokenSource {
  return { current: () => Promise.resolve(token), refused: () => false };
}

export function noToken(): TokenSource {
  return {
    current: () =>
      Promise.reject(
        localProblem('unauthenticated', 'The client was made without a token and without a clientSecret.'),
      ),
    refused: () => false,
  };
}

interface Held {
  readonly token: string;
  /** From then on it is renewed beside the calls that still use it. */
  readonly renewAtMs: number;
  readonly endsAtMs: number;
}

/** One login at a time: whoever needs a token meanwhile waits for the same. Times count from the login on our own clock. */
export function renewedTokens({
  login,
  tokenSeconds,
  nowMs,
}: {
  readonly login: Login;
  readonly tokenSeconds: number;
  readonly nowMs: () => number;
}): TokenSource {
  const lifeMs = tokenSeconds * 1_000;
  let held: Held | undefined;
  let fetching: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    const startMs = nowMs();
    const token = await login();
    held = { token, renewAtMs: startMs + lifeMs * 0.8, endsAtMs: startMs + lifeMs * 0.95 };
    return token;
  }

  function fetchOnce(): Promise<string> {
    fetching ??= fetchToken().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  function renewBeside(current: Held): void {
    // It is good for a while yet: a failure is not the caller's, and the next attempt is not at once.
    fetchOnce().catch(() => {
      if (held === current) held = { ...current, renewAtMs: nowMs() + renewalPauseMs };
    });
  }

  return {
    async current() {
      const current = held;
      if (!current || nowMs() >= current.endsAtMs) return fetchOnce();
      if (nowMs() >= current.renewAtMs) renewBeside(current);
      return current.token;
    },
    refused(token) {
      if (held?.token === token) held = undefined;
      return true;
    },
  };
}

const renewalPauseMs = 5_000;

// Checks of clients' secrets, a few at a time: each takes tens of milliseconds of a processor and 32 MiB, on purpose, and
// whoever reaches a door can ask for as many as they like. What is beyond the bound waits, and beyond a second bound it is
// refused, so that a flood leaves threads and memory for everything else.
import { GatewayError } from '@cloud-gateway/contracts';

/** Runs a check when it is its turn. Rejects with `overloaded` when too many wait already. */
export type SecretCheck = <Result>(check: () => Promise<Result>) => Promise<Result>;

export interface SecretCheckBounds {
  readonly atOnceMax: number;
  readonly waitingMax: number;
}

// Half of libuv's threads: resolving names and reading files need some too. The last of those who wait is checked within
// some 2 s, before RabbitMQ or a client gives up.
const defaults: SecretCheckBounds = { atOnceMax: 2, waitingMax: 64 };

export function createSecretCheck({ atOnceMax, waitingMax }: SecretCheckBounds = defaults): SecretCheck {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function turn(): Promise<void> {
    if (running < atOnceMax) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingMax) throw tooManyAtOnce();
    // Whoever is done hands its place on.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function done(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (check) => {
    await turn();
    try {
      return await check();
    } finally {
      done();
    }
  };
}

function tooManyAtOnce(): GatewayError {
  return new GatewayError('overloaded', {
    message: 'Too many clients are logging in at once. Try again in a moment.',
    retryAfterMs: 1_000,
  });
}

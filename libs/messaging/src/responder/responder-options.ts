import type { Logger } from '@cloud-gateway/runtime';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import type { Caller, Handler } from './handler.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { RequestOutcome } from './request-outcome.ts';

export interface ResponderOptions {
  readonly connection: BrokerConnection;
  /** Names the queues: `<service>.read` and `<service>.write`. */
  readonly service: string;
  /** Which requests are ours, for example `*.v1.tokens.#`; the star stands for read and write. */
  readonly bindings: readonly string[];
  readonly handlers: readonly Handler[];
  /** Throws `unauthenticated`. Gets the Authorization header as sent. */
  readonly authenticate: (authorization: string | undefined) => Promise<Caller>;
  readonly idempotency: IdempotencyStore;
  /** Encrypts a dead letter, which may hold a token or a secret; `context` must be given again to open it. */
  readonly seal: (plaintext: string, context: string) => Promise<string>;
  readonly log: Logger;
  readonly onOutcome?: (outcome: RequestOutcome) => void;
  readonly limits?: Partial<ResponderLimits>;
  readonly now?: () => number;
}

export interface ResponderLimits {
  /** Reads taken off the queue at once. */
  readonly readPrefetch: number;
  /** Writes executed at once. */
  readonly writePrefetch: number;
  /** Requests that may wait in one queue. */
  readonly queueLengthMax: number;
  /** How long a write is ours without a sign of life; after that another process may take it over. */
  readonly writeLeaseMs: number;
  /** After this many deliveries a write is a dead letter: each of them ended with a dying process. */
  readonly deliveriesMax: number;
  /** Deadline of a request that names none. */
  readonly defaultTimeoutMs: number;
}

export const defaultLimits: ResponderLimits = {
  readPrefetch: 500,
  writePrefetch: 50,
  queueLengthMax: 10_000,
  writeLeaseMs: 10_000,
  deliveriesMax: 5,
  defaultTimeoutMs: 30_000,
};

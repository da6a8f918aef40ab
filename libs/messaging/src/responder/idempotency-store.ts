// Where the outcome of a write is remembered, so that a redelivered message or a repeated request gets the stored
// answer instead of a second effect. The store implements it; messaging only says what it needs.
import type { ReplyEnvelope } from '@cloud-gateway/contracts';

export interface IdempotencyKey {
  readonly clientId: string;
  /** The caller's Idempotency-Key, else the message id. */
  readonly key: string;
}

export type Beginning =
  /** The write is ours to execute until the lease ends; `attempt` counts from 1. */
  | { readonly state: 'execute'; readonly attempt: number }
  /** It was executed before: this was the answer. */
  | { readonly state: 'stored'; readonly answer: ReplyEnvelope }
  /** Somebody else is executing it just now. */
  | { readonly state: 'running' }
  /** The key came with another request before. */
  | { readonly state: 'mismatch' };

export interface IdempotencyStore {
  /** Takes the write for `owner`, or tells why not. `requestHash` is hex SHA-256 of method, path, query and body. */
  begin(
    key: IdempotencyKey,
    options: { readonly requestHash: string; readonly owner: string; readonly leaseMs: number },
  ): Promise<Beginning>;
  /** Keeps the lease; false when it was lost. */
  extend(
    key: IdempotencyKey,
    options: { readonly owner: string; readonly leaseMs: number },
  ): Promise<boolean>;
  /** Stores the outcome for ever after (until retention). No effect when the lease was lost. */
  complete(
    key: IdempotencyKey,
    options: { readonly owner: string; readonly answer: ReplyEnvelope },
  ): Promise<void>;
  /** Gives the write back without an outcome: the next attempt executes it again. */
  release(key: IdempotencyKey, options: { readonly owner: string }): Promise<void>;
}

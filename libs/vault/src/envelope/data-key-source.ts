// Where `seal` gets its data keys. Normally a fresh one per value. On a hot path one may serve several values for a
// short while: every value still has its own random nonce, and the limits stay far below the 2^32 values that
// NIST SP 800-38D allows one key with random nonces.
import { randomBytes } from 'node:crypto';
import type { KeyWrapper, WrappedKey } from './key-wrapper.ts';

export interface DataKeySourceOptions {
  /** How many values one data key may seal. Default 1: a key per value. */
  readonly dataKeyUses: number;
  /** How long one data key may be used when `dataKeyUses` is above 1. Default 300 000. */
  readonly dataKeyMaxAgeMs: number;
  /** The clock; default Date.now. */
  readonly nowMs: () => number;
}

interface DataKey {
  readonly dataKey: Buffer;
  readonly wrapped: WrappedKey;
}

interface DataKeySource {
  next(): Promise<DataKey>;
}

interface Held {
  readonly key: Promise<DataKey>;
  readonly masterKeyId: string;
  readonly expiresAtMs: number;
  usesLeft: number;
}

const usesMax = 2 ** 24;

export function createDataKeySource(
  options: DataKeySourceOptions & { readonly wrapper: KeyWrapper },
): DataKeySource {
  const { wrapper, dataKeyUses, dataKeyMaxAgeMs, nowMs } = options;
  let held: Held | undefined;

  const isUsable = (candidate: Held): boolean =>
    candidate.usesLeft > 0 &&
    nowMs() < candidate.expiresAtMs &&
    candidate.masterKeyId === wrapper.activeKeyId;

  return {
    async next() {
      if (dataKeyUses <= 1) return mintDataKey(wrapper);
      if (held === undefined || !isUsable(held)) {
        held = {
          key: mintDataKey(wrapper),
          masterKeyId: wrapper.activeKeyId,
          expiresAtMs: nowMs() + dataKeyMaxAgeMs,
          usesLeft: Math.min(dataKeyUses, usesMax),
        };
      }
      const used = held;
      used.usesLeft -= 1;
      try {
        return await used.key;
      } catch (err) {
        // A failed wrap (a KMS out of reach) must not be handed to the next callers too.
        if (held === used) held = undefined;
        throw err;
      }
    },
  };
}

async function mintDataKey(wrapper: KeyWrapper): Promise<DataKey> {
  const dataKey = randomBytes(32);
  return { dataKey, wrapped: await wrapper.wrap(dataKey) };
}

// Remembers the data keys that were unwrapped last, so that opening the same values again does not ask the wrapper
// (a KMS: a network call, and a bill). Bounded; the one used longest ago goes first.
import type { KeyWrapper, WrappedKey } from './key-wrapper.ts';

type Unwrap = (wrapped: WrappedKey) => Promise<Buffer>;

export function createUnwrapCache({ wrapper, size }: { wrapper: KeyWrapper; size: number }): Unwrap {
  // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
  const known = new Map<string, Buffer>();

  return async (wrapped) => {
    const name = `${wrapped.keyId}.${wrapped.bytes.toString('base64url')}`;
    const dataKey = known.get(name) ?? (await wrapper.unwrap(wrapped));
    known.delete(name);
    known.set(name, dataKey);
    if (known.size > size) known.delete(known.keys().next().value ?? name);
    return dataKey;
  };
}

// Objects that exist in every bucket without having been put there: `synthetic-<bytes>` is that long, and its byte at
// position i is i modulo 256. They cost no memory, however long.
import type { StoredObject } from './buckets-state.ts';

const block = Buffer.from(Array.from({ length: 262_144 }, (_, i) => i % 256));

export function syntheticObject(key: string, modifiedAtMs: number): StoredObject | undefined {
  const digits = /^synthetic-(\d{1,13})$/.exec(key)?.[1];
  if (digits === undefined) return undefined;
  return {
    key,
    length: Number(digits),
    etag: `"synthetic-${digits}"`,
    modifiedAtMs,
    headers: {},
    bytes: undefined,
  };
}

/** From `start` up to, but without, `end`. */
export function* syntheticBytes(start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; ) {
    const from = at % 256;
    const piece = block.subarray(from, Math.min(block.length, from + end - at));
    yield piece;
    at += piece.length;
  }
}

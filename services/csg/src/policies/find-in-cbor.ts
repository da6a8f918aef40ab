import { CborReader, NotCbor } from './cbor-reader.ts';
import { findByPath } from './find-by-path.ts';
import { type Parameter, unreadable } from './parameter.ts';

/** Finds one text in a CBOR body, in maps by their keys. A key that comes twice on the way is unreadable. */
export function findInCbor(body: Buffer, path: readonly string[]): Parameter {
  const reader = new CborReader(body);
  try {
    const found = findByPath(reader, path);
    reader.expectEnd();
    return found;
  } catch (error) {
    if (error instanceof NotCbor) return unreadable('the body is not CBOR');
    throw error;
  }
}

// Finds one text in a JSON body (RFC 8259) without building the rest. JSON.parse will not do: of a key that comes twice
// it takes the last without a word, where the cloud may take the first.
import { isUtf8 } from 'node:buffer';
import { findByPath } from './find-by-path.ts';
import { JsonReader, NotJson } from './json-reader.ts';
import { type Parameter, unreadable } from './parameter.ts';

/** `path` leads through objects, by their keys. A key that comes twice on the way, in whatever case, is unreadable. */
export function findInJson(body: Buffer, path: readonly string[]): Parameter {
  if (!isUtf8(body)) return unreadable('the body is not UTF-8');
  const reader = new JsonReader(body);
  try {
    const found = findByPath(reader, path);
    reader.expectEnd();
    return found;
  } catch (error) {
    if (error instanceof NotJson) return unreadable('the body is not JSON');
    throw error;
  }
}

import { absent, type Parameter, unreadable } from './parameter.ts';

/** Stands before a value of a document of maps, lists and scalars, in whatever encoding. */
export interface ValueReader {
  isMap(): boolean;
  isText(): boolean;
  isNull(): boolean;
  /** Goes through a map: the reader stands before each key's value in turn, which the caller has to take. */
  keys(): Iterable<string>;
  readText(): string;
  skipValue(): void;
}

/** `path` leads through maps, by their keys. A key that comes twice on the way, in whatever case, is unreadable. */
export function findByPath(reader: ValueReader, path: readonly string[]): Parameter {
  const [key, ...rest] = path;
  if (key === undefined) return readText(reader);
  if (!reader.isMap()) {
    reader.skipValue();
    return absent;
  }
  let found: Parameter | undefined;
  for (const name of reader.keys()) {
    if (name.toLowerCase() !== key.toLowerCase()) {
      reader.skipValue();
    } else if (found !== undefined) {
      reader.skipValue();
      found = unreadable(`'${key}' stands in the call twice`);
    } else {
      found = findByPath(reader, rest);
      if (name !== key) found = unreadable(`'${key}' stands in the call in other letters`);
    }
  }
  return found ?? absent;
}

function readText(reader: ValueReader): Parameter {
  if (reader.isText()) return { kind: 'text', text: reader.readText() };
  const isNull = reader.isNull();
  reader.skipValue();
  return isNull ? absent : unreadable('the name in the call is not a text');
}

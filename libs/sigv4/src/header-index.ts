// The headers by lower-case name, each with all its values in the order of the wire. Built once per request.
import type { RawHeaders } from './request.ts';

export type HeaderIndex = ReadonlyMap<string, readonly string[]>;

export function indexHeaders(headers: RawHeaders): HeaderIndex {
  const index = new Map<string, string[]>();
  if (isFlat(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2) add(index, headers[i] ?? '', headers[i + 1] ?? '');
  } else {
    for (const [name, value] of headers) add(index, name, value);
  }
  return index;
}

function add(index: Map<string, string[]>, name: string, value: string): void {
  const key = name.toLowerCase();
  const values = index.get(key);
  if (values) values.push(value);
  else index.set(key, [value]);
}

function isFlat(headers: RawHeaders): headers is readonly string[] {
  return typeof headers[0] === 'string';
}

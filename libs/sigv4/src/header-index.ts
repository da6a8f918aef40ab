// The headers by lower-case name, each with all its values in the order of the wire. Built once per request.
import type { RawHeaders } from './request.ts';

export type HeaderIndex = ReadonlyMap<string, readonly string[]>;

export function indexHeaders(headers: RawHeaders): HeaderIndex {
  const index = new Map<string, string[]>();
  for (const [name, value] of pairsOf(headers)) {
    const key = name.toLowerCase();
    const values = index.get(key);
    if (values) values.push(value);
    else index.set(key, [value]);
  }
  return index;
}

function* pairsOf(headers: RawHeaders): Generator<readonly [string, string]> {
  if (!isFlat(headers)) {
    yield* headers;
    return;
  }
  for (let i = 0; i + 1 < headers.length; i += 2) yield [headers[i] ?? '', headers[i + 1] ?? ''];
}

function isFlat(headers: RawHeaders): headers is readonly string[] {
  return typeof headers[0] === 'string';
}

// Looks into the headers of a request as they came.
import type { RawHeaders } from '@cloud-gateway/sigv4';

/** The first value of a header; `name` in lower case. */
export function headerOf(headers: RawHeaders, name: string): string | undefined {
  for (const [key, value] of headerPairs(headers)) if (key === name) return value;
  return undefined;
}

/** All headers in the order of the wire, their names in lower case. */
export function* headerPairs(headers: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let i = 0; i < headers.length; i++) {
    const entry = headers[i];
    if (typeof entry !== 'string') {
      if (entry) yield [entry[0].toLowerCase(), entry[1]];
      continue;
    }
    const value = headers[++i];
    if (typeof value === 'string') yield [entry.toLowerCase(), value];
  }
}

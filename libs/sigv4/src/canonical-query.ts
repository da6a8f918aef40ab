// CanonicalQueryString: split on & and the first =, decode, encode strictly, sort by encoded name, then by encoded
// value. `?acl` becomes `acl=`. A `+` is a plus, never a space: that reading belongs to forms.
import { uriDecode, uriReencode } from './uri-encode.ts';
import { decodeWireText } from './wire-text.ts';

type Pair = readonly [name: string, value: string];

/** Reads a raw query into decoded pairs in the order of the wire; duplicates stay. */
export function parseQuery(rawQuery: string): Pair[] {
  return splitPairs(rawQuery).map(([name, value]) => [uriDecode(name), uriDecode(value)]);
}

/** Leaves out the parameter X-Amz-Signature, which cannot sign itself, when `presigned`. */
export function canonicalQuery(rawQuery: string, presigned: boolean): string {
  const pairs = splitPairs(rawQuery).map(([name, value]): Pair => [uriReencode(name), uriReencode(value)]);
  const signed = presigned ? pairs.filter(([name]) => name.toLowerCase() !== 'x-amz-signature') : pairs;
  return signed
    .sort(byNameThenValue)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function splitPairs(rawQuery: string): Pair[] {
  if (rawQuery === '') return [];
  return decodeWireText(rawQuery)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

// Not localeCompare, and not the joined text: '=' sorts after '-' and the digits.
function byNameThenValue(a: Pair, b: Pair): number {
  return compare(a[0], b[0]) || compare(a[1], b[1]);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// CanonicalHeaders: `name:value\n` in the order of the signed names; values trimmed, inner runs of blanks made one
// space, the values of a repeated header joined by commas in the order of the wire.
import type { HeaderIndex } from './header-index.ts';
import { hasControlCharacter } from './header-syntax.ts';
import { decodeWireText } from './wire-text.ts';

const blanks = /[ \t]+/g;
const outerSpace = /^ | $/g;
const tidy = /^[!-~]+(?: [!-~]+)*$/;

/**
 * `signedHeaders` are lower-case and sorted. An absent one counts as empty: the parsers refuse it before. Throws a
 * TypeError for a value with control characters, which the parsers refuse before as well.
 */
export function canonicalHeaders(headers: HeaderIndex, signedHeaders: readonly string[]): string {
  let text = '';
  for (const name of signedHeaders) text += `${name}:${canonicalValues(headers.get(name))}\n`;
  return text;
}

export function canonicalValues(values: readonly string[] = []): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return canonicalValue(only);
  return values.map(canonicalValue).join(',');
}

function canonicalValue(value: string): string {
  if (tidy.test(value)) return value;
  if (hasControlCharacter(value))
    throw new TypeError('A header value with control characters cannot be signed.');
  return decodeWireText(value).replace(blanks, ' ').replace(outerSpace, '');
}

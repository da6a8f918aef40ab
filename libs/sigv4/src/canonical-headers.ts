// CanonicalHeaders: `name:value\n` in the order of the signed names; values trimmed, inner runs of blanks made one
// space, the values of a repeated header joined by commas in the order of the wire.
import type { HeaderIndex } from './header-index.ts';
import { decodeWireText } from './wire-text.ts';

const blanks = /[ \t\r\n]+/g;
const outerSpace = /^ | $/g;
const tidy = /^[!-~]+(?: [!-~]+)*$/;

/** `signedHeaders` are lower-case and sorted. An absent one counts as empty: the parsers refuse it before. */
export function canonicalHeaders(headers: HeaderIndex, signedHeaders: readonly string[]): string {
  let text = '';
  for (const name of signedHeaders) {
    text += `${name}:${(headers.get(name) ?? []).map(canonicalValue).join(',')}\n`;
  }
  return text;
}

function canonicalValue(value: string): string {
  if (tidy.test(value)) return value;
  return decodeWireText(value).replace(blanks, ' ').replace(outerSpace, '');
}

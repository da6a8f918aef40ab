// Header fields that two readers could take for different things: names that are no token (RFC 9110 5.1), values with
// line ends (obs-fold), NUL or other control characters (RFC 9110 5.5). A signature over such a value says nothing
// about what the next hop will read, so none is canonicalised.
import type { HeaderIndex } from './header-index.ts';

const fieldName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controlCharacter = /[\0-\x08\n-\x1f\x7f]/;

/** `name` is in lower case. */
export function isFieldName(name: string): boolean {
  return fieldName.test(name);
}

/** A tab is no control character here: it is a blank. */
export function hasControlCharacter(value: string): boolean {
  return controlCharacter.test(value);
}

/** Names the fault of the first field that is malformed, in words for the sender; undefined when there is none. */
export function findMalformedHeader(headers: HeaderIndex): string | undefined {
  for (const [name, values] of headers) {
    if (!fieldName.test(name)) return 'The name of a header is no name; send letters, digits and hyphens.';
    for (const value of values) {
      if (controlCharacter.test(value)) {
        return `The header ${name} has a line end or another control character in its value; send it on one line.`;
      }
    }
  }
  return undefined;
}

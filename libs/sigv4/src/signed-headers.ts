// SignedHeaders: which headers the signature covers, and whether those that must be covered are.
import type { HeaderIndex } from './header-index.ts';
import { isFieldName } from './header-syntax.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Reads `host;x-amz-date` and holds it against what was sent. The names come back lower-case and sorted. */
export function parseSignedHeaders(text: string, headers: HeaderIndex): readonly string[] | Refusal {
  const names = text.toLowerCase().split(';');
  if (!isAscending(names)) names.sort();
  // Every name that was sent is a field name (malformed-header), so only one that was not needs a look.
  const absent = names.find((name) => !headers.has(name));
  if (!isAscending(names) || (absent !== undefined && !names.every(isFieldName))) {
    return refuse(
      'malformed-signed-headers',
      'SignedHeaders is no list of header names, each named once, joined by semicolons.',
    );
  }
  if (!names.includes('host')) return refuse('host-not-signed', 'The host header must be signed.');
  if (absent !== undefined)
    return refuse('signed-header-absent', `The header ${absent} is named in SignedHeaders but was not sent.`);
  for (const sent of headers.keys()) {
    if (sent.startsWith('x-amz-') && !names.includes(sent)) {
      return refuse('header-not-signed', `The header ${sent} was sent but not signed.`);
    }
  }
  return names;
}

/** Sorted, and none twice: as every signer sends them. */
function isAscending(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
}

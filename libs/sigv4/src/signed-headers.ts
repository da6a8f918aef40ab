// SignedHeaders: which headers the signature covers, and whether those that must be covered are.
import type { HeaderIndex } from './header-index.ts';
import { type Refusal, refuse } from './refusal.ts';

const fieldName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** Reads `host;x-amz-date` and holds it against what was sent. The names come back lower-case and sorted. */
export function parseSignedHeaders(text: string, headers: HeaderIndex): readonly string[] | Refusal {
  const names = text.toLowerCase().split(';').sort();
  if (new Set(names).size !== names.length || !names.every((name) => fieldName.test(name))) {
    return refuse(
      'malformed-signed-headers',
      'SignedHeaders is no list of header names, each named once, joined by semicolons.',
    );
  }
  if (!names.includes('host')) return refuse('host-not-signed', 'The host header must be signed.');
  const absent = names.find((name) => !headers.has(name));
  if (absent !== undefined)
    return refuse('signed-header-absent', `The header ${absent} is named in SignedHeaders but was not sent.`);
  for (const sent of headers.keys()) {
    if (sent.startsWith('x-amz-') && !names.includes(sent)) {
      return refuse('header-not-signed', `The header ${sent} was sent but not signed.`);
    }
  }
  return names;
}

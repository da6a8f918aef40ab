// Texts carry secrets too: an error message quotes the URL that failed, password included; a raw header list has no
// keys to go by. The shapes that we know are masked.

const lengthMax = 4096;

const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic|Negotiate)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  // Our own minted tokens and secrets.
  [/\b(cgw_[a-z]+)_[0-9A-Za-z]{16,}/g, '$1_[secret]'],
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, '$1:[secret]@'],
  // AWS: a signature lets whoever reads it repeat the request for some minutes; a session token is half a credential.
  [/\b((?:X-Amz-)?(?:Signature|Security-Token)=)[0-9A-Za-z%+/=_-]{16,}/gi, '$1[secret]'],
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, '[secret]'],
];

/** Masks secrets of known shapes and cuts the text to 4 KB. */
export function scrubText(text: string): string {
  // Cut generously first, so that a huge text costs little, and finally after masking, so that no secret is cut open.
  let scrubbed = text.length > 2 * lengthMax ? text.slice(0, 2 * lengthMax) : text;
  for (const [shape, mask] of shapes) scrubbed = scrubbed.replace(shape, mask);
  if (text.length <= lengthMax && scrubbed.length <= lengthMax) return scrubbed;
  return `${scrubbed.slice(0, lengthMax)}… (${text.length} characters)`;
}

// The UriEncode of the specification: every byte but A-Z a-z 0-9 - . _ ~ as %XX, in capitals. Bytes, not characters: a
// target may hold escapes that are no UTF-8, and those must come out as they went in.

const unreservedOnly = /^[A-Za-z0-9\-._~]*$/;
const leftByEncodeUriComponent = /[!'()*]/g;

export function uriEncode(text: string): string {
  if (unreservedOnly.test(text)) return text;
  try {
    return encodeURIComponent(text).replace(leftByEncodeUriComponent, percentCharacter);
  } catch {
    // Half a surrogate pair: a signer's UTF-8 encoder puts U+FFFD there, as Buffer does.
    return encodeBytes(Buffer.from(text, 'utf8'));
  }
}

/** Encodes what is already encoded, perhaps sloppily, in the one strict way. `+` is a plus, never a space. */
export function uriReencode(encoded: string): string {
  if (unreservedOnly.test(encoded)) return encoded;
  try {
    return uriEncode(decodeURIComponent(encoded));
  } catch {
    return encodeBytes(decodeToBytes(encoded));
  }
}

/** Undoes percent-encoding for reading; bytes that are no UTF-8 become U+FFFD, an invalid escape stays as it is. */
export function uriDecode(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return decodeToBytes(encoded).toString('utf8');
  }
}

function decodeToBytes(encoded: string): Buffer {
  const parts = encoded.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  );
}

function encodeBytes(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += unreservedOnly.test(character) ? character : percent(byte);
  }
  return text;
}

function percentCharacter(character: string): string {
  return percent(character.charCodeAt(0));
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

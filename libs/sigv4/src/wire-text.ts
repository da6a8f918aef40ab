// Node hands over header and target bytes as latin1, one character per byte; signers hash the UTF-8 text. So the bytes
// are read again as UTF-8. Bytes that are no UTF-8 stay as they are: botocore sends `é` as the byte E9 but signs C3 A9,
// which is just what hashing the latin1 character as UTF-8 gives.

const beyondAscii = /[^\0-\x7f]/;
const beyondLatin1 = /[^\0-\xff]/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Gives the text that a signer signed for these characters of the wire. Text that is no wire text passes unchanged. */
export function decodeWireText(text: string): string {
  if (!beyondAscii.test(text) || beyondLatin1.test(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

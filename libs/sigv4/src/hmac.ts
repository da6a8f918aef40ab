// HMAC-SHA256 (RFC 2104) of two one-shot hashes: half the time of createHmac, which makes an object for each signature.
// Nodes without crypto.hash (before 20.12) take createHmac.
import * as crypto from 'node:crypto';

const blockBytes = 64;
const hashBytes = 32;
// Longer texts are rare (strings to sign have 140 to 280 characters) and take createHmac.
const textBytesMax = 1024;

// The work space is shared: everything below runs to its end without giving way to anybody else.
const inner = Buffer.alloc(blockBytes + textBytesMax);
const outer = Buffer.alloc(blockBytes + hashBytes);

/** Gives the HMAC in hex. `key` has at most 64 bytes, `text` is ASCII. */
export const hmacSha256Hex: (key: Uint8Array, text: string) => string =
  typeof crypto.hash === 'function' ? hmacOfTwoHashes : hmacOfNode;

function hmacOfTwoHashes(key: Uint8Array, text: string): string {
  if (text.length > textBytesMax || key.length > blockBytes) return hmacOfNode(key, text);
  for (let i = 0; i < blockBytes; i++) {
    const byte = key[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  const bytes = blockBytes + inner.write(text, blockBytes, 'latin1');
  outer.write(crypto.hash('sha256', inner.subarray(0, bytes), 'binary'), blockBytes, 'latin1');
  return crypto.hash('sha256', outer, 'hex');
}

function hmacOfNode(key: Uint8Array, text: string): string {
  return crypto.createHmac('sha256', key).update(text, 'latin1').digest('hex');
}

import { createHash } from 'node:crypto';

const columnBytes = 255;

/** Gives the bytes under which a caller's own text is stored: the text itself, or its hash where it does not fit. */
export function storedKey(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= columnBytes) return bytes;
  return Buffer.from(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
}

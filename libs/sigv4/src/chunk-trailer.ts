// The trailing headers of a chunked body, and their signature: `name:value\r\n` each, then
// `x-amz-trailer-signature:<64 hex digits>\r\n`.
import { hasControlCharacter, isFieldName } from './header-syntax.ts';
import { sha256Hex } from './sha256.ts';

export interface ChunkTrailer {
  /** Hex hash of the canonical headers: `name:value\n`, names in lower case and sorted, values trimmed. */
  readonly sha256: string;
  readonly signature: string;
}

/** Checksums are all that is sent here; this leaves room for ten of them. */
export const chunkTrailerBytesMax = 2048;

const signatureValue = /:[ \t]*([0-9a-f]{64})[ \t]*\r?\n$/;

/**
 * `lines` have their line ends, one character per byte. Gives undefined for a block that is malformed or has not yet
 * come to its signature; see endsTrailer. Empty lines are passed over: the examples of AWS have one before the block,
 * and minio-go ends a value with a line feed of its own.
 */
export function parseChunkTrailer(lines: readonly string[]): ChunkTrailer | undefined {
  const lastLine = lines.at(-1) ?? '';
  const signature = endsTrailer(lastLine) ? signatureValue.exec(lastLine)?.[1] : undefined;
  if (signature === undefined) return undefined;
  const values = new Map<string, string>();
  for (const line of lines.slice(0, -1)) {
    const text = line.replace(/\r?\n$/, '');
    if (text === '') continue;
    const at = text.indexOf(':');
    const name = text.slice(0, at).toLowerCase();
    const value = text.slice(at + 1).trim();
    if (at < 0 || !isFieldName(name) || hasControlCharacter(value) || values.has(name)) return undefined;
    values.set(name, value);
  }
  const canonical = [...values.keys()].sort().map((name) => `${name}:${values.get(name)}\n`);
  return { sha256: sha256Hex(Buffer.from(canonical.join(''), 'latin1')), signature };
}

/** Tells whether this line is the last one of a trailer, but for an empty one. */
export function endsTrailer(line: string): boolean {
  return /^x-amz-trailer-signature:/i.test(line);
}

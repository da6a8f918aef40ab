import type { Wire } from './wire.ts';

export type HeadText =
  | { readonly kind: 'head'; readonly text: string }
  /** The connection ended, or broke, before a first byte came. */
  | { readonly kind: 'closed' }
  /** It ended, or broke, in the middle of a head. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'too-large' }
  /** The first byte came, and the last one did not within the time for it: somebody is dripping. */
  | { readonly kind: 'too-slow' };

export interface HeadLimits {
  readonly bytesMax: number;
  /** From the first byte to the last one. */
  readonly withinMs: number;
  readonly nowMs: () => number;
  /** Breaks the connection of whoever falls silent in the middle, too; changes the wire's idle timeout for that. */
  readonly cutsSilence?: boolean;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** Reads and consumes a head up to and with its empty line; the text is without that. */
export async function readHead(
  wire: Wire,
  { bytesMax, withinMs, nowMs, cutsSilence = false }: HeadLimits,
): Promise<HeadText> {
  let seen = 0;
  let startedAtMs: number | undefined;
  for (;;) {
    const bytes = wire.peek();
    // An empty line before a request is passed over (RFC 9112 2.2).
    if (bytes[0] === 0x0d && bytes[1] === 0x0a) {
      startedAtMs ??= nowMs();
      wire.consume(2);
      continue;
    }
    const end = bytes.indexOf(endOfHead, Math.max(0, seen - 3));
    if (end >= 0 && end <= bytesMax) {
      const text = bytes.toString('latin1', 0, end);
      wire.consume(end + endOfHead.length);
      return { kind: 'head', text };
    }
    if (bytes.length > bytesMax) return { kind: 'too-large' };
    if (bytes.length > 0) startedAtMs ??= nowMs();
    if (startedAtMs !== undefined) {
      const leftMs = startedAtMs + withinMs - nowMs();
      if (leftMs < 0) return { kind: 'too-slow' };
      if (cutsSilence) wire.idleTimeout(Math.max(1, leftMs));
    }
    seen = bytes.length;
    if (!(await wire.more())) return { kind: bytes.length === 0 ? 'closed' : 'cut' };
  }
}

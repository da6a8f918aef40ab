import { parseHeaderLines, type RawHeaders } from './header-lines.ts';

export interface RequestHead {
  readonly method: string;
  /** As it was sent: `/path?query`. */
  readonly target: string;
  readonly minorVersion: 0 | 1;
  readonly headers: RawHeaders;
}

// Origin form only: a tunnel has no use for another. No blanks, no control characters, nothing beyond ASCII.
const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}) (\/[\x21-\x7e]*) HTTP\/1\.([01])$/;

/** Reads a request head without the empty line that ends it (RFC 9112 3). Undefined when it is none. */
export function parseRequestHead(text: string): RequestHead | undefined {
  const lines = text.split('\r\n');
  const match = requestLine.exec(lines[0] ?? '');
  if (!match) return undefined;
  const headers = parseHeaderLines(lines, 1);
  if (!headers) return undefined;
  const [, method = '', target = '', minor] = match;
  return { method, target, minorVersion: minor === '1' ? 1 : 0, headers };
}

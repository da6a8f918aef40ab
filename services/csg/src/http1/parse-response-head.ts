import { parseHeaderLines, type RawHeaders } from './header-lines.ts';

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly minorVersion: 0 | 1;
  readonly headers: RawHeaders;
}

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/** Reads a response head without the empty line that ends it (RFC 9112 4). Undefined when it is none. */
export function parseResponseHead(text: string): ResponseHead | undefined {
  const lines = text.split('\r\n');
  const match = statusLine.exec(lines[0] ?? '');
  if (!match) return undefined;
  const headers = parseHeaderLines(lines, 1);
  if (!headers) return undefined;
  const [, minor, status, reason = ''] = match;
  return { status: Number(status), reason, minorVersion: minor === '1' ? 1 : 0, headers };
}

// The header block of a message, read so strictly that no two readers can see two different messages in it: no folded
// lines, no bare CR or LF, no blank before the colon, no control characters (RFC 9112 5, RFC 9110 5.5).

/** Pairs in the order of the wire: name, value, name, value …; one character per byte. */
export type RawHeaders = readonly string[];

const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Reads lines without their CRLF. Undefined when one of them is not a header field. */
export function parseHeaderLines(lines: readonly string[], firstLine: number): string[] | undefined {
  const headers: string[] = [];
  for (let i = firstLine; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const colon = line.indexOf(':');
    if (colon <= 0) return undefined;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1);
    if (!fieldName.test(name) || !fieldValue.test(value)) return undefined;
    headers.push(name, trimmed(value));
  }
  return headers;
}

/** Without the blanks around it: spaces and tabs, nothing else that trim() would take. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === value.length ? value : value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

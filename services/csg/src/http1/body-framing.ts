// How long a body is (RFC 9112 6.3), without any of the readings that let two servers disagree: Transfer-Encoding is
// `chunked` alone or refused, Content-Length comes once or is refused, and never both.
import type { RawHeaders } from './header-lines.ts';
import type { RequestHead } from './parse-request-head.ts';
import type { ResponseHead } from './parse-response-head.ts';

export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** Responses only: whatever comes until the connection ends. */
  | { readonly kind: 'until-close' };

const none: BodyFraming = { kind: 'none' };
const chunked: BodyFraming = { kind: 'chunked' };

/** Undefined when the head says it in a way that could be understood in two. */
export function requestFraming(head: RequestHead): BodyFraming | undefined {
  const said = framingFields(head.headers);
  if (said === undefined) return undefined;
  if (said.chunked) return head.minorVersion === 1 && said.length === undefined ? chunked : undefined;
  return said.length === undefined || said.length === 0 ? none : { kind: 'length', bytes: said.length };
}

/** Undefined when the head says it in a way that could be understood in two. */
export function responseFraming(head: ResponseHead, requestMethod: string): BodyFraming | undefined {
  const said = framingFields(head.headers);
  if (said === undefined || (said.chunked && said.length !== undefined)) return undefined;
  if (requestMethod === 'HEAD' || head.status === 204 || head.status === 304) return none;
  if (said.chunked) return chunked;
  if (said.length === undefined) return { kind: 'until-close' };
  return said.length === 0 ? none : { kind: 'length', bytes: said.length };
}

function framingFields(headers: RawHeaders): { chunked: boolean; length: number | undefined } | undefined {
  let isChunked = false;
  let length: number | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    // Both names are long: most headers are told apart by that alone.
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      if (isChunked || value.toLowerCase() !== 'chunked') return undefined;
      isChunked = true;
    } else if (name.length === 14 && name.toLowerCase() === 'content-length') {
      if (length !== undefined || !/^\d{1,15}$/.test(value)) return undefined;
      length = Number(value);
    }
  }
  return { chunked: isChunked, length };
}

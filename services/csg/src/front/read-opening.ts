// What a connection begins with: TLS, or the head of a proxy request (RFC 9110 9.3.6, RFC 9112 3.2). Pure.
import { contentTypeHandshakeByte } from './tls-alert.ts';

type Opening =
  /** The client speaks TLS to the gateway itself. */
  | { readonly kind: 'tls' }
  /** `host` is in lower case, without a trailing dot or the brackets of an IPv6 address. */
  | { readonly kind: 'connect'; readonly host: string; readonly port: number }
  | PlainRequest
  | { readonly kind: 'malformed'; readonly reason: string };

export interface PlainRequest {
  readonly kind: 'request';
  readonly method: string;
  /** As sent: `http://csg/cert/pem` or `/cert/pem`. */
  readonly target: string;
  /** Whether it carries an Authorization field: then it is meant for AWS, wherever it was sent. */
  readonly isAuthorized: boolean;
}

export interface ReadOpening {
  readonly found: Opening;
  /** What belongs to it; the rest is for whoever comes next. */
  readonly usedBytes: number;
}

/** Gives undefined while more bytes are needed, which there never are after `headBytesMax`. */
export function readOpening(bytes: Buffer, headBytesMax: number): ReadOpening | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  if (first === contentTypeHandshakeByte) return { found: { kind: 'tls' }, usedBytes: 0 };
  if (!isUpperCaseLetter(first)) return malformed('that is neither an HTTP request nor TLS');
  const end = bytes.indexOf('\r\n\r\n');
  if (end >= 0 && end + 4 <= headBytesMax) {
    return { found: readHead(bytes.toString('latin1', 0, end)), usedBytes: end + 4 };
  }
  if (bytes.length >= headBytesMax)
    return malformed(`the request's head has more than ${headBytesMax} bytes`);
  return undefined;
}

function readHead(head: string): Opening {
  const [requestLine = '', ...fields] = head.split('\r\n');
  const [, method = '', target = ''] = requestLinePattern.exec(requestLine) ?? [];
  if (method === '') return malformed('the request line is not `METHOD target HTTP/1.1`').found;
  if (!fields.every((field) => fieldPattern.test(field)))
    return malformed('a header field is malformed').found;
  if (method === 'CONNECT') return readConnect(target);
  return {
    kind: 'request',
    method,
    target,
    isAuthorized: fields.some((field) => /^authorization:/i.test(field)),
  };
}

// RFC 9112 3 and 5. HTTP/1.0 is what botocore's CONNECT says.
const requestLinePattern = /^([A-Z]{1,32}) ([\x21-\x7e]+) HTTP\/1\.[01]$/;
const fieldPattern = /^[\w!#$%&'*+.^`|~-]+:[\t\x20-\x7e\x80-\xff]*$/;

function readConnect(target: string): Opening {
  const [, address, name, digits] =
    /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,254})):(\d{1,5})$/i.exec(target) ?? [];
  const host = (address ?? name?.replace(/\.$/, '') ?? '').toLowerCase();
  const port = Number(digits);
  if (host === '' || !(port >= 1 && port <= 65_535)) return malformed('CONNECT needs host:port').found;
  return { kind: 'connect', host, port };
}

function malformed(reason: string): ReadOpening {
  return { found: { kind: 'malformed', reason }, usedBytes: 0 };
}

function isUpperCaseLetter(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

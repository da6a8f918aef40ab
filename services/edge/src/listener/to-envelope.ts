// A whole HTTP request as an envelope, nothing changed: method, target, headers and body as they were sent.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { GatewayError, type Headers, type RequestEnvelope } from '@cloud-gateway/contracts';

export function toEnvelope(input: {
  readonly req: IncomingMessage;
  readonly body: Buffer;
  readonly peerAddress: string;
  readonly deadlineAtMs: number;
}): RequestEnvelope & { deadlineAt: number } {
  const { req, body } = input;
  const bodyEncoding = isUtf8(body) ? 'utf8' : 'base64';
  return {
    version: 1,
    method: req.method ?? 'GET',
    ...splitTarget(req.url ?? ''),
    headers: headersOf(req),
    body: body.toString(bodyEncoding),
    bodyEncoding,
    peer: { address: input.peerAddress },
    deadlineAt: input.deadlineAtMs,
  };
}

/** RFC 9112 3.2: usually the origin form, but a server must take the absolute form as well. */
function splitTarget(target: string): { path: string; query: string } {
  const origin = target.replace(/^https?:\/\/[^/?]*/i, '');
  const at = origin.indexOf('?');
  const path = (at < 0 ? origin : origin.slice(0, at)) || '/';
  if (!path.startsWith('/')) {
    throw new GatewayError('malformed-request', { message: 'The request target is not a path.' });
  }
  return { path, query: at < 0 ? '' : origin.slice(at + 1) };
}

// From the raw list: Node's own object joins repeated fields, of some keeps only the first, and loses `__proto__`.
function headersOf({ rawHeaders, httpVersion }: IncomingMessage): Headers {
  const headers = Object.create(null) as Headers;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = String(rawHeaders[at]).toLowerCase();
    const value = String(rawHeaders[at + 1]);
    const earlier = headers[name];
    if (earlier === undefined) headers[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else headers[name] = [earlier, value];
  }
  // RFC 9112 3.2: two parties that each pick another Host out of several do not speak of the same request.
  if (Array.isArray(headers['host']) || (headers['host'] === undefined && httpVersion === '1.1')) {
    throw new GatewayError('malformed-request', { message: 'A request has exactly one Host header field.' });
  }
  return headers;
}

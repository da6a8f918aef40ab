// A whole HTTP request as an envelope, nothing changed: method, target, headers and body as they were sent.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { GatewayError, type Headers, type RequestEnvelope } from '@cloud-gateway/contracts';

export function toEnvelope(input: {
  readonly raw: IncomingMessage;
  /** Undefined or null where there was no body. */
  readonly body: unknown;
  readonly peerAddress: string;
  readonly deadlineAtMs: number;
}): RequestEnvelope & { deadlineAt: number } {
  const { raw, body } = input;
  const { path, query } = splitTarget(raw.url ?? '');
  const content = Buffer.isBuffer(body) ? body : undefined;
  const isText = content === undefined || isUtf8(content);
  return {
    version: 1,
    method: raw.method ?? 'GET',
    path,
    query,
    headers: headersOf(raw),
    body: content === undefined ? '' : content.toString(isText ? 'utf8' : 'base64'),
    bodyEncoding: isText ? 'utf8' : 'base64',
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

// Node joins repeated fields, and of some it keeps only the first. Only a request that repeats one pays for the list.
function headersOf(raw: IncomingMessage): Headers {
  const joined = raw.headers as Record<string, string>;
  if (raw.rawHeaders.length === 2 * Object.keys(joined).length) return joined;
  const headers: Headers = {};
  for (const [name, values] of Object.entries(raw.headersDistinct)) {
    if (values) headers[name] = values.length === 1 ? String(values[0]) : values;
  }
  return headers;
}

import type { ServerResponse } from 'node:http';
import { GatewayError, type Headers, type ReplyEnvelope } from '@cloud-gateway/contracts';

/** The service's answer as it is. Throws `internal`, with nothing sent yet, when it cannot be said in HTTP. */
export function sendReply(res: ServerResponse, envelope: ReplyEnvelope, requestId: string): void {
  const body = Buffer.from(envelope.body, envelope.bodyEncoding);
  const headers = headersOf(envelope, { method: res.req.method, bodyBytes: body.length });
  headers['x-request-id'] = requestId;
  if (envelope.status < 200) throw unspeakable(`status ${envelope.status} is no final answer`);
  try {
    res.writeHead(envelope.status, headers);
  } catch (cause) {
    throw unspeakable('a header field holds characters that HTTP forbids', cause);
  }
  res.end(body);
}

function headersOf(
  { status, headers: given }: ReplyEnvelope,
  { method, bodyBytes }: { readonly method: string | undefined; readonly bodyBytes: number },
): Headers {
  const headers: Headers = {};
  for (const [name, value] of Object.entries(given)) {
    const lowerCase = name.toLowerCase();
    if (!framingFields.has(lowerCase)) headers[lowerCase] = value;
  }
  // RFC 9110 8.6: never with 204; with 304 it would have to be the length of the 200 that was not sent. To HEAD it is the
  // length of what GET would get, which a service may also say without sending it.
  if (status !== 204 && status !== 304) {
    const said = method === 'HEAD' && bodyBytes === 0 ? given['content-length'] : undefined;
    headers['content-length'] = typeof said === 'string' ? said : String(bodyBytes);
  }
  return headers;
}

/** They belong to one connection or to the form of one message (RFC 9110 7.6.1): this side writes its own. */
const framingFields = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function unspeakable(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('internal', {
    message: 'A service gave an answer that is no HTTP.',
    detail,
    cause: cause ?? new Error(detail),
  });
}

// One whole answer, after which the connection is closed (RFC 9112 9.6).

export interface HttpResponse {
  readonly status: keyof typeof reasons;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Further header fields. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer to HEAD: everything but the body. */
  readonly isHead?: boolean;
}

const reasons = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  503: 'Service Unavailable',
} as const;

export function httpResponse(
  { status, contentType, body, headers, isHead }: HttpResponse,
  now: Date,
): Buffer {
  const content = Buffer.from(body);
  const fields = {
    Date: now.toUTCString(),
    Connection: 'close',
    'Content-Type': contentType,
    'Content-Length': String(content.length),
    'Cache-Control': 'no-store',
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} ${reasons[status]}\r\n${lines.join('')}\r\n`, 'latin1');
  return isHead ? head : Buffer.concat([head, content]);
}

/** An answer of one sentence, for whoever reads it in a terminal. */
export function plainText(status: HttpResponse['status'], sentence: string): HttpResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${sentence}\n` };
}

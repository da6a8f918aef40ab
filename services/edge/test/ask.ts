// An HTTP client that changes nothing: no default headers, no redirects, the raw answer.
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';

export interface Asked extends Pick<RequestOptions, 'agent' | 'ca' | 'maxVersion' | 'servername'> {
  readonly method?: string;
  /** The request target, exactly as it is sent. */
  readonly target?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
  /** Sent one by one without a content-length. */
  readonly chunks?: Iterable<string | Buffer>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly body: Buffer;
  /** Undefined when the body is no JSON. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly local: number | undefined;
}

export function ask(url: string, asked: Asked = {}): Promise<Answered> {
  const { method = 'GET', target = '/v1/test', headers = {}, body, chunks, ...options } = asked;
  const { protocol, hostname, port } = new URL(url);
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      { agent: false, ...options, hostname, port, method, path: target, headers: { ...length, ...headers } },
      (res) => void collect(res).then(resolve, reject),
    );
    sent.once('error', reject);
    for (const chunk of chunks ?? []) sent.write(chunk);
    sent.end(body);
  });
}

async function collect(res: IncomingMessage): Promise<Answered> {
  const local = res.socket.localPort;
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return {
    status: res.statusCode ?? 0,
    headers: res.headers,
    rawHeaders: res.rawHeaders,
    body,
    json: parse(body),
    local,
  };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

// A call made by hand, for all that an SDK would never send: signed by our own signer, changed, and sent as bytes.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { formatAmzDate, presignRequest, sha256Hex, signRequest } from '@cloud-gateway/sigv4';
import { one, region } from './use-simulator.ts';

export interface RawCall {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** What is inside <Code>. */
  readonly code: string | undefined;
}

interface SigningOptions {
  readonly service?: string;
  readonly region?: string;
  readonly nowMs?: number;
  readonly method?: string;
  /** More headers, signed as well; or others. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the hash of the body. */
  readonly payloadHash?: string;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

const identityCall = 'Action=GetCallerIdentity&Version=2011-06-15';

/** Signs a form call to the simulator at `url`; by default GetCallerIdentity of account one. */
export function signCall(
  url: string,
  body: string | Buffer = identityCall,
  options: SigningOptions = {},
): RawCall {
  const { service = 'sts', nowMs = Date.now(), method = 'POST', credentials = one } = options;
  const isGet = method === 'GET';
  const target = isGet ? `/?${body.toString()}` : '/';
  const payload = isGet ? '' : body;
  const headers = {
    host: new URL(url).host,
    ...(!isGet && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
    ...options.headers,
  };
  const added = signRequest({
    request: { method, target, headers: Object.entries(headers) },
    credentials: { ...credentials, secret: { id: credentials.secretAccessKey, ...credentials } },
    region: options.region ?? region,
    service,
    amzDate: formatAmzDate(nowMs),
    payloadHash: options.payloadHash ?? sha256Hex(payload),
  });
  return { method, target, headers: { ...headers, ...added }, body: payload };
}

/** Signs GetCallerIdentity in the query. */
export function presignCall(url: string, expiresSeconds: number, nowMs = Date.now()): RawCall {
  const headers = { host: new URL(url).host };
  const target = presignRequest({
    request: { method: 'GET', target: `/?${identityCall}`, headers: Object.entries(headers) },
    credentials: { ...one, secret: { id: 'one', ...one } },
    region,
    service: 'sts',
    amzDate: formatAmzDate(nowMs),
    expiresSeconds,
  });
  return { method: 'GET', target, headers, body: '' };
}

export function send(url: string, { method, target, headers, body }: RawCall): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const req = httpRequest({ hostname, port, method, path: target, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text, code });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

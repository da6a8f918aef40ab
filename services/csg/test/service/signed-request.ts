// Requests as SDKs of the several protocols make them, signed, and open to be spoiled before they are sent.
import {
  createChunkChain,
  formatAmzDate,
  presignRequest,
  type SigningSecret,
  sha256Hex,
  signRequest,
} from '@cloud-gateway/sigv4';

export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secret: string;
}

export interface Draft {
  readonly host: string;
  readonly service: string;
  readonly region: string;
  readonly method: string;
  readonly target: string;
  /** Without host. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /**
   * What x-amz-content-sha256 says. `absent`: nothing, and the hash of the body is signed; `declared`: that hash; or the
   * hash of a body that is sent apart.
   */
  readonly payload:
    | 'absent'
    | 'declared'
    | 'UNSIGNED-PAYLOAD'
    | 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
    | { readonly sha256: string };
}

export type Header = readonly [name: string, value: string];

export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

const region = 'us-east-1';

/** One call of each protocol, by the name of the shape in which its errors come. */
export const drafts = {
  json: {
    host: 'dynamodb.us-east-1.amazonaws.com',
    service: 'dynamodb',
    region,
    method: 'POST',
    target: '/',
    headers: [
      ['x-amz-target', 'DynamoDB_20120810.GetItem'],
      ['content-type', 'application/x-amz-json-1.0'],
    ],
    body: Buffer.from('{"TableName":"orders","Key":{"id":{"S":"1"}}}'),
    payload: 'absent',
  },
  query: {
    host: 'sns.us-east-1.amazonaws.com',
    service: 'sns',
    region,
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
    body: Buffer.from('Action=ListTopics&Version=2010-03-31'),
    payload: 'absent',
  },
  ec2: {
    host: 'ec2.us-east-1.amazonaws.com',
    service: 'ec2',
    region,
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
    body: Buffer.from('Action=DescribeInstances&Version=2016-11-15'),
    payload: 'absent',
  },
  s3: {
    host: 'my-bucket.s3.us-east-1.amazonaws.com',
    service: 's3',
    region,
    method: 'PUT',
    target: '/a//key%20with/../dots?tagging',
    headers: [['content-type', 'application/octet-stream']],
    body: Buffer.from('the content of an object'),
    payload: 'declared',
  },
  s3Get: {
    host: 'my-bucket.s3.us-east-1.amazonaws.com',
    service: 's3',
    region,
    method: 'GET',
    target: '/key?versionId=3',
    headers: [],
    body: Buffer.alloc(0),
    payload: 'declared',
  },
  restJson: {
    host: 'lambda.us-east-1.amazonaws.com',
    service: 'lambda',
    region,
    method: 'GET',
    target: '/2015-03-31/functions/?MaxItems=10',
    headers: [['accept', '*/*']],
    body: Buffer.alloc(0),
    payload: 'absent',
  },
  restXml: {
    host: 'route53.amazonaws.com',
    service: 'route53',
    region,
    method: 'GET',
    target: '/2013-04-01/hostedzone?maxitems=1',
    headers: [],
    body: Buffer.alloc(0),
    payload: 'absent',
  },
} as const satisfies Record<string, Draft>;

export type DraftName = keyof typeof drafts;

/** Ids of the services of all drafts. */
export const draftServices = ['dynamodb', 'sns', 'ec2', 's3', 'lambda', 'route53'];

export interface SignOptions {
  /** Default: now. */
  readonly nowMs?: number;
  /** Further headers that the signature does not cover. */
  readonly unsigned?: readonly Header[];
}

export function sign(
  draft: Draft,
  key: IssuedKey,
  { nowMs = Date.now(), unsigned = [] }: SignOptions = {},
): WireRequest {
  const { method, target, body, payload } = draft;
  const payloadHash =
    typeof payload === 'object' ? payload.sha256 : isOfBody(payload) ? sha256Hex(body) : payload;
  const headers: Header[] = [['host', draft.host], ...draft.headers];
  if (payload !== 'absent') headers.push(['x-amz-content-sha256', payloadHash]);
  const added = signRequest({
    request: { method, target, headers },
    credentials: { accessKeyId: key.accessKeyId, secret: secretOf(key) },
    region: draft.region,
    service: draft.service,
    amzDate: formatAmzDate(nowMs),
    payloadHash,
    sendPayloadHash: payload !== 'absent',
    signedHeaders: headers.map(([name]) => name),
  });
  const kept = headers.filter(([name]) => !Object.hasOwn(added, name));
  return { method, target, headers: [...kept, ...Object.entries(added), ...unsigned], body };
}

function isOfBody(payload: string): boolean {
  return payload === 'absent' || payload === 'declared';
}

export function presign(
  draft: Draft,
  key: IssuedKey,
  {
    nowMs = Date.now(),
    expiresSeconds = 60,
  }: { readonly nowMs?: number; readonly expiresSeconds?: number } = {},
): WireRequest {
  const headers: Header[] = [['host', draft.host]];
  const target = presignRequest({
    request: { method: draft.method, target: draft.target, headers },
    credentials: { accessKeyId: key.accessKeyId, secret: secretOf(key) },
    region: draft.region,
    service: draft.service,
    amzDate: formatAmzDate(nowMs),
    expiresSeconds,
  });
  return { method: draft.method, target, headers, body: draft.body };
}

export interface ChunkedHead {
  /** Without a body; the head says nothing of the length. */
  readonly request: WireRequest;
  /** Signs the next chunk, and gives it as it goes over the wire; an empty one is the last. */
  chunk(data: Buffer): Buffer;
}

/** Begins an upload whose every chunk is signed (STREAMING-AWS4-HMAC-SHA256-PAYLOAD), of so many bytes. */
export function beginChunked(
  draft: Draft,
  key: IssuedKey,
  { decodedBytes, nowMs = Date.now() }: { readonly decodedBytes: number; readonly nowMs?: number },
): ChunkedHead {
  const mode = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  const amzDate = formatAmzDate(nowMs);
  const headers: Header[] = [
    ['host', draft.host],
    ['content-encoding', 'aws-chunked'],
    ['x-amz-decoded-content-length', String(decodedBytes)],
    ['x-amz-content-sha256', mode],
  ];
  const { method, target, region, service } = draft;
  const secret = secretOf(key);
  const added = signRequest({
    request: { method, target, headers },
    credentials: { accessKeyId: key.accessKeyId, secret },
    region,
    service,
    amzDate,
    payloadHash: mode,
    signedHeaders: headers.map(([name]) => name),
  });
  const chain = createChunkChain({
    signature: /Signature=([0-9a-f]{64})/.exec(added['authorization'] ?? '')?.[1] ?? '',
    amzDate,
    scope: { day: amzDate.slice(0, 8), region, service },
    secret,
  });
  const kept = headers.filter(([name]) => !Object.hasOwn(added, name));
  return {
    request: { method, target, headers: [...kept, ...Object.entries(added)], body: Buffer.alloc(0) },
    chunk: (data) =>
      Buffer.concat([
        Buffer.from(`${data.length.toString(16)};chunk-signature=${chain.signChunk(sha256Hex(data))}\r\n`),
        data,
        Buffer.from('\r\n'),
      ]),
  };
}

export interface ChunkedUpload extends WireRequest {
  /** The pieces of the body as they go over the wire, the last chunk included. */
  readonly chunks: readonly Buffer[];
}

/** A whole upload of that kind. */
export function signChunked(
  draft: Draft,
  key: IssuedKey,
  { data, decodedBytes }: { readonly data: readonly Buffer[]; readonly decodedBytes?: number },
): ChunkedUpload {
  const total = data.reduce((sum, { length }) => sum + length, 0);
  const { request, chunk } = beginChunked(draft, key, { decodedBytes: decodedBytes ?? total });
  const chunks = [...data, Buffer.alloc(0)].map(chunk);
  return { ...request, body: Buffer.concat(chunks), chunks };
}

/** The id says which secret it is: the signer keeps derived keys by it. */
function secretOf({ accessKeyId, secret }: IssuedKey): SigningSecret {
  return { id: `${accessKeyId}:${secret.length}`, secretAccessKey: secret };
}

/** The head as it goes over the wire, with its empty line; content-length is added where there is a body. */
export function headOf({ method, target, headers, body }: WireRequest): string {
  const isFramed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const framing: Header[] = isFramed || body.length === 0 ? [] : [['content-length', String(body.length)]];
  const lines = [...headers, ...framing].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

export function bytesOf(request: WireRequest): Buffer {
  return Buffer.concat([Buffer.from(headOf(request), 'latin1'), request.body]);
}

export function headerOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

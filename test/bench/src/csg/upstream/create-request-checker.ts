// Was the request signed with this key? Asked of the signer of the AWS SDK for JavaScript, which shares no code with
// ours; the signatures of chunks, which it does not make, are worked out here from the specification.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AccessKey } from '../calls/access-key.ts';
import { findChunkFault } from './find-chunk-fault.ts';

export interface CheckedRequest {
  /** Start line and header fields. */
  readonly head: string;
  readonly body: Buffer;
}

/** Gives what is wrong with a request; undefined: nothing. */
export type RequestChecker = (request: CheckedRequest) => Promise<string | undefined>;

export function createRequestChecker(key: AccessKey): RequestChecker {
  return async (request) => {
    const fields = readFields(request.head);
    const authorization = fields.get('authorization') ?? '';
    const parts =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w{64})$/.exec(
        authorization,
      );
    if (!parts) return 'there is no signature';
    const [, accessKeyId, , region = '', service = '', signedHeaders = '', signature = ''] = parts;
    if (accessKeyId !== key.accessKeyId) return `the key is ${accessKeyId}`;
    const payloadHash =
      fields.get('x-amz-content-sha256') ?? createHash('sha256').update(request.body).digest('hex');
    const signer = new SignatureV4({
      service,
      region,
      credentials: key,
      sha256: Sha256,
      uriEscapePath: service !== 's3',
      applyChecksum: false,
    });
    const [method = '', target = ''] = request.head.split(' ', 2);
    const signed = await signer.sign(
      new HttpRequest({
        method,
        protocol: 'https:',
        hostname: fields.get('host') ?? '',
        path: target,
        headers: {
          ...Object.fromEntries(signedHeaders.split(';').map((name) => [name, fields.get(name) ?? ''])),
          'x-amz-content-sha256': payloadHash,
        },
        body: request.body,
      }),
      {
        signingDate: dateOf(fields.get('x-amz-date') ?? ''),
        unsignableHeaders: new Set(
          signedHeaders.includes('x-amz-content-sha256') ? [] : ['x-amz-content-sha256'],
        ),
        signableHeaders: new Set(signedHeaders.split(';')),
      },
    );
    if (!signed.headers['authorization']?.endsWith(`Signature=${signature}`))
      return 'the signature does not match';
    return findBodyFault({ payloadHash, signature, fields, region, service, body: request.body }, key);
  };
}

interface BodyToCheck {
  readonly payloadHash: string;
  readonly signature: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly region: string;
  readonly service: string;
  readonly body: Buffer;
}

function findBodyFault(
  { payloadHash, signature, fields, region, service, body }: BodyToCheck,
  { secretAccessKey }: AccessKey,
): string | undefined {
  if (payloadHash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD') {
    const amzDate = fields.get('x-amz-date') ?? '';
    return findChunkFault(body, { signature, amzDate, region, service, secretAccessKey });
  }
  if (!/^[0-9a-f]{64}$/.test(payloadHash)) return undefined;
  const sha256 = createHash('sha256').update(body).digest('hex');
  return sha256 === payloadHash ? undefined : 'the body is not the signed one';
}

/** Names in lower case. */
function readFields(head: string): Map<string, string> {
  const lines = head.split('\r\n').slice(1);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function dateOf(amzDate: string): Date {
  return new Date(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

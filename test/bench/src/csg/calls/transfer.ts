// The large calls: a download, and the uploads as the SDKs send them.
import {
  createChunkChain,
  emptySha256,
  formatAmzDate,
  type SigningKeyCache,
  sha256Hex,
  signRequest,
  unsignedPayload,
} from '@cloud-gateway/sigv4';
import { requestText } from '../http1/request-text.ts';
import type { AccessKey } from './access-key.ts';
import { region, storageHost } from './hosts.ts';
import { block, blockBytes, blocksOf, transferCrc32, transferSha256 } from './transfer-data.ts';

export const transferKinds = [
  'download',
  /** Length and hash of the body stand in the head. */
  'upload-declared',
  /** The hash is UNSIGNED-PAYLOAD. */
  'upload-unsigned',
  /** aws-chunked in chunked, with a checksum behind it: boto3's and the CLI's own way. */
  'upload-trailer',
  /** Every chunk is signed: the Java and .NET SDKs' way. */
  'upload-signed-chunks',
] as const;

export type TransferKind = (typeof transferKinds)[number];

export interface TransferInput {
  readonly kind: TransferKind;
  /** Of the object; a multiple of blockBytes. */
  readonly bytes: number;
  readonly key: AccessKey;
  readonly nowMs: number;
  readonly signingKeys?: SigningKeyCache;
}

export interface Transfer {
  readonly head: Buffer;
  readonly body: Iterable<Buffer>;
}

/** The target says how much is downloaded: `/bench/65536`. */
const downloadTarget = (bytes: number) => `/bench/${bytes}`;

export function openTransfer(input: TransferInput): Transfer {
  const { kind, bytes } = input;
  switch (kind) {
    case 'download':
      return { head: sign(input, emptySha256, {}).head, body: [] };
    case 'upload-declared':
      return { head: sign(input, transferSha256(bytes), lengthOf(bytes)).head, body: repeat(block, bytes) };
    case 'upload-unsigned':
      return { head: sign(input, unsignedPayload, lengthOf(bytes)).head, body: repeat(block, bytes) };
    case 'upload-trailer':
      return trailerUpload(input);
    case 'upload-signed-chunks':
      return signedChunksUpload(input);
  }
}

const lengthOf = (bytes: number) => ({ 'Content-Length': String(bytes) });

function* repeat(piece: Buffer, bytes: number): Generator<Buffer> {
  for (let left = blocksOf(bytes); left > 0; left--) yield piece;
}

const awsChunked = (bytes: number) => ({
  'Content-Encoding': 'aws-chunked',
  'x-amz-decoded-content-length': String(bytes),
});

function trailerUpload(input: TransferInput): Transfer {
  const { bytes } = input;
  const { head } = sign(input, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', {
    'Transfer-Encoding': 'chunked',
    'x-amz-trailer': 'x-amz-checksum-crc32',
    ...awsChunked(bytes),
  });
  const chunk = httpChunk(Buffer.concat([line(blockBytes.toString(16)), block, line('')]));
  const last = httpChunk(line(`0\r\nx-amz-checksum-crc32:${transferCrc32(bytes)}\r\n`));
  return { head, body: withEnd(repeat(chunk, bytes), [last, line('0\r\n')]) };
}

function signedChunksUpload(input: TransferInput): Transfer {
  const { bytes, key, nowMs, signingKeys } = input;
  const sizeLine = (size: number, signature: string) =>
    line(`${size.toString(16)};chunk-signature=${signature}`);
  const around = (size: number) => sizeLine(size, '0'.repeat(64)).length + 2;
  const length = bytes + blocksOf(bytes) * around(blockBytes) + around(0);
  const { head, signature } = sign(input, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', {
    ...lengthOf(length),
    ...awsChunked(bytes),
  });
  const amzDate = formatAmzDate(nowMs);
  const chain = createChunkChain({
    signature,
    amzDate,
    scope: { day: amzDate.slice(0, 8), region, service: 's3' },
    secret: { id: key.accessKeyId, secretAccessKey: key.secretAccessKey },
    signingKeys,
  });
  const blockSha256 = sha256Hex(block);
  function* chunks(): Generator<Buffer> {
    for (const each of repeat(block, bytes))
      yield Buffer.concat([sizeLine(each.length, chain.signChunk(blockSha256)), each, line('')]);
    yield Buffer.concat([sizeLine(0, chain.signChunk(emptySha256)), line('')]);
  }
  return { head, body: chunks() };
}

function* withEnd(pieces: Iterable<Buffer>, end: readonly Buffer[]): Generator<Buffer> {
  yield* pieces;
  yield* end;
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\r\n`, 'latin1');
}

function httpChunk(data: Buffer): Buffer {
  return Buffer.concat([line(data.length.toString(16)), data, line('')]);
}

function sign(
  { kind, bytes, key, nowMs, signingKeys }: TransferInput,
  payloadHash: string,
  headers: Readonly<Record<string, string>>,
): { readonly head: Buffer; readonly signature: string } {
  const request = {
    method: kind === 'download' ? 'GET' : 'PUT',
    target: kind === 'download' ? downloadTarget(bytes) : '/bench/upload',
    headers: {
      Host: storageHost,
      'User-Agent': 'Boto3/1.43.11 md/Botocore#1.43.11',
      ...headers,
      'x-amz-content-sha256': payloadHash,
    },
  };
  const signature = signRequest({
    request: { ...request, headers: Object.entries(request.headers) },
    credentials: {
      accessKeyId: key.accessKeyId,
      secret: { id: key.accessKeyId, secretAccessKey: key.secretAccessKey },
    },
    region,
    service: 's3',
    amzDate: formatAmzDate(nowMs),
    payloadHash,
    signingKeys,
  });
  const { 'x-amz-content-sha256': _same, ...added } = signature;
  const head = requestText({ ...request, headers: { ...request.headers, ...added } });
  return {
    head: Buffer.from(head, 'latin1'),
    signature: /Signature=(\w+)$/.exec(signature['authorization'] ?? '')?.[1] ?? '',
  };
}

// An upload made by hand, for the ways of signing a body that no client at hand uses. It is signed by
// @cloud-gateway/sigv4, and checked by code that shares nothing with that.
import { crc32 } from 'node:zlib';
import { createChunkChain, formatAmzDate, sha256Hex, signRequest } from '@cloud-gateway/sigv4';
import type { RawCall } from '../../raw-call.ts';
import { one, region } from '../../use-simulator.ts';

interface Upload {
  readonly url: string;
  readonly target: string;
  readonly pieces: readonly Buffer[];
  readonly host?: string;
}

const secret = { id: 'one', secretAccessKey: one.secretAccessKey };

/** With a hash, or UNSIGNED-PAYLOAD, or whatever else, in x-amz-content-sha256. */
export function plainUpload({ url, target, pieces, host }: Upload, payloadHash: string): RawCall {
  const body = Buffer.concat(pieces);
  const headers = { host: host ?? new URL(url).host, 'content-length': String(body.length) };
  return { method: 'PUT', target, headers: sign(target, headers, payloadHash).headers, body };
}

/** In signed chunks, one for each piece, and with a signed CRC-32 behind them if that is wanted. */
export function chunkedUpload({ url, target, pieces }: Upload, { trailer }: { trailer: boolean }): RawCall {
  const data = Buffer.concat(pieces);
  const { headers, signature, amzDate } = sign(
    target,
    {
      host: new URL(url).host,
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': String(data.length),
      ...(trailer && { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    },
    `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`,
  );
  const scope = { day: amzDate.slice(0, 8), region, service: 's3' };
  const chain = createChunkChain({ signature, amzDate, scope, secret });
  const chunks = [...pieces, Buffer.alloc(0)].map((piece) =>
    Buffer.concat([
      Buffer.from(`${piece.length.toString(16)};chunk-signature=${chain.signChunk(sha256Hex(piece))}\r\n`),
      piece,
      Buffer.from(piece.length === 0 ? '' : '\r\n'),
    ]),
  );
  const end = trailer ? signedTrailer(data, (hash) => chain.signTrailer(hash)) : '';
  return { method: 'PUT', target, headers, body: Buffer.concat([...chunks, Buffer.from(`${end}\r\n`)]) };
}

function sign(target: string, headers: Record<string, string>, payloadHash: string) {
  const amzDate = formatAmzDate(Date.now());
  const added = signRequest({
    request: { method: 'PUT', target, headers: Object.entries(headers) },
    credentials: { accessKeyId: one.accessKeyId, secret },
    region,
    service: 's3',
    amzDate,
    payloadHash,
  });
  const all: Record<string, string> = { ...headers, ...added };
  const signature = /Signature=([0-9a-f]{64})/.exec(Object.values(all).join('\n'))?.[1] ?? '';
  return { headers: all, signature, amzDate };
}

function signedTrailer(data: Buffer, signTrailer: (hash: string) => string): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data));
  const line = `x-amz-checksum-crc32:${sum.toString('base64')}`;
  return `${line}\r\nx-amz-trailer-signature:${signTrailer(sha256Hex(`${line}\n`))}\r\n`;
}

// The chunked upload that AWS publishes with all its signatures: 66,560 times the letter a, in chunks of 64 KiB, 1 KiB
// and nothing; with trailing headers, and without.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
import type { ChunkChainStart } from '../src/chunk-chain.ts';
import type { RequestHead } from '../src/request.ts';

export interface ChunkedExample {
  readonly head: RequestHead;
  readonly seed: string;
  /** Of the three chunks, in their order. */
  readonly signatures: readonly [string, string, string];
  readonly trailerSignature?: string;
}

export const exampleSecret = { id: 'example', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
export const exampleScope = { day: '20130524', region: 'us-east-1', service: 's3' };
export const exampleBytes = 66_560;

const commonHeaders: readonly (readonly [string, string])[] = [
  ['Host', 's3.amazonaws.com'],
  ['x-amz-date', '20130524T000000Z'],
  ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
  ['Content-Encoding', 'aws-chunked'],
  ['x-amz-decoded-content-length', '66560'],
];

export const withoutTrailer: ChunkedExample = {
  head: {
    method: 'PUT',
    target: '/examplebucket/chunkObject.txt',
    headers: [
      ...commonHeaders,
      ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'],
      ['Content-Length', '66824'],
      [
        'Authorization',
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      ],
    ],
  },
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  signatures: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
};

export const withTrailer: ChunkedExample = {
  head: {
    method: 'PUT',
    target: '/examplebucket/chunkObject.txt',
    headers: [
      ...commonHeaders,
      ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'],
      ['x-amz-trailer', 'x-amz-checksum-crc32c'],
      [
        'Authorization',
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer,Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
      ],
    ],
  },
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  signatures: [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ],
  trailerSignature: 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
};

/** Where the chain of the example begins. */
export function startOf({ seed }: ChunkedExample): ChunkChainStart {
  return { signature: seed, amzDate: '20130524T000000Z', scope: exampleScope, secret: exampleSecret };
}

/** The body as it goes over the wire. */
export function bodyOf({ signatures: [first, second, last], trailerSignature }: ChunkedExample): Buffer {
  const end =
    trailerSignature === undefined
      ? '\r\n'
      : `x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:${trailerSignature}\r\n\r\n`;
  return Buffer.from(
    `10000;chunk-signature=${first}\r\n${'a'.repeat(65_536)}\r\n` +
      `400;chunk-signature=${second}\r\n${'a'.repeat(1024)}\r\n` +
      `0;chunk-signature=${last}\r\n${end}`,
    'latin1',
  );
}

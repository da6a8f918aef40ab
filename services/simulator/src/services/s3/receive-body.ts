// Takes the body of an S3 request piece by piece, holding it against everything that was said about it: a hash, the
// signatures of its chunks, its length, checksums before and after it. Memory does not grow with the body.
import { AwsError } from '../../aws-error.ts';
import type { WireCall } from '../../call.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { createBodyDigest } from './body-digest.ts';
import { checkChecksums } from './checksums.ts';
import { createChunkVerifier } from './chunk-verifier.ts';

export interface ReceivedBody {
  readonly length: number;
  /** Hex. */
  readonly md5: string;
  /** Undefined when it was too large to be kept. */
  readonly bytes: Buffer | undefined;
  /** The checksums that came with it, as headers. */
  readonly checksums: Readonly<Record<string, string>>;
}

export async function receiveBody(
  headers: ReadonlyMap<string, string>,
  call: WireCall,
): Promise<ReceivedBody> {
  const { payload } = call.signature;
  const digest = createBodyDigest(call.config.objectBytesKept);
  let trailers: ReadonlyMap<string, string> = new Map();
  if (payload.kind === 'streaming') {
    checkPreconditions(headers);
    const verifier = payload.name.startsWith('STREAMING-AWS4-') ? verifierOf(call) : undefined;
    for await (const part of decodeAwsChunked(call.body, verifier)) {
      if (Buffer.isBuffer(part)) digest.add(part);
      else trailers = part;
    }
    checkTrailers(headers, trailers);
    checkLength(headers.get('x-amz-decoded-content-length'), digest.length);
  } else {
    for await (const piece of call.body) digest.add(piece);
  }
  const body = digest.finish();
  if (payload.kind === 'declared' && body.sha256 !== payload.sha256) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return { ...body, checksums: checkChecksums(new Map([...headers, ...trailers]), body) };
}

function checkPreconditions(headers: ReadonlyMap<string, string>): void {
  if (!headers.has('x-amz-decoded-content-length')) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
}

function verifierOf({ signature, secretAccessKey }: WireCall) {
  const { scope, amzDate, signature: seed } = signature;
  return createChunkVerifier({ secretAccessKey, scope, amzDate, seed });
}

function checkTrailers(headers: ReadonlyMap<string, string>, trailers: ReadonlyMap<string, string>): void {
  const announced = (headers.get('x-amz-trailer') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const complete =
    announced.every((name) => trailers.has(name)) &&
    [...trailers.keys()].every((name) => announced.includes(name));
  if (!complete) {
    throw new AwsError(
      'MalformedTrailerError',
      'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    );
  }
}

function checkLength(declared: string | undefined, length: number): void {
  if (Number(declared) === length) return;
  throw new AwsError(
    'IncompleteBody',
    'The request body terminated unexpectedly or is not as long as x-amz-decoded-content-length says.',
  );
}

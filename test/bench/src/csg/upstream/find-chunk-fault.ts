// The signatures of a chunked body, worked out anew.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
import { createHash, createHmac } from 'node:crypto';

export interface ChunkSigning {
  /** Of the head: the chain begins with it. */
  readonly signature: string;
  readonly amzDate: string;
  readonly region: string;
  readonly service: string;
  readonly secretAccessKey: string;
}

/** Gives what is wrong; undefined: every chunk is signed, and the last one is there. */
export function findChunkFault(body: Buffer, signing: ChunkSigning): string | undefined {
  const { amzDate, region, service, secretAccessKey } = signing;
  const day = amzDate.slice(0, 8);
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  let previous = signing.signature;
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const line = /^([0-9a-f]+);chunk-signature=([0-9a-f]{64})$/.exec(body.toString('latin1', at, lineEnd));
    if (!line) return `there is no chunk at ${at}`;
    const size = Number.parseInt(line[1] ?? '', 16);
    const data = body.subarray(lineEnd + 2, lineEnd + 2 + size);
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      amzDate,
      `${day}/${region}/${service}/aws4_request`,
      previous,
      sha256(''),
      sha256(data),
    ].join('\n');
    previous = createHmac('sha256', key).update(text).digest('hex');
    if (previous !== line[2]) return `the signature of the chunk at ${at} does not match`;
    if (size === 0) return undefined;
    at = lineEnd + 2 + size + 2;
  }
  return 'the last chunk is missing';
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

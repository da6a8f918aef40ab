// Holds a body against the checksums that came with it: Content-MD5 and x-amz-checksum-*, of which CRC-32 and SHA-256
// are known; others are taken on trust.
import { AwsError } from '../../aws-error.ts';
import type { DigestedBody } from './body-digest.ts';

const prefix = 'x-amz-checksum-';
const notSums: ReadonlySet<string> = new Set(['algorithm', 'mode', 'type']);

/** `said` are headers and trailers. Gives the checksums among them. Throws BadDigest. */
export function checkChecksums(
  said: ReadonlyMap<string, string>,
  body: DigestedBody,
): Record<string, string> {
  const md5 = said.get('content-md5');
  if (md5 !== undefined && md5 !== Buffer.from(body.md5, 'hex').toString('base64')) throw badDigest('MD5');
  const sums = [...said].filter(
    ([name]) => name.startsWith(prefix) && !notSums.has(name.slice(prefix.length)),
  );
  for (const [name, sum] of sums) {
    const algorithm = name.slice(prefix.length);
    const own = checksumOf(algorithm, body);
    if (own !== undefined && own !== sum) throw badDigest(algorithm.toUpperCase());
  }
  return Object.fromEntries(sums);
}

function checksumOf(algorithm: string, body: DigestedBody): string | undefined {
  if (algorithm === 'sha256') return Buffer.from(body.sha256, 'hex').toString('base64');
  if (algorithm !== 'crc32') return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(body.crc32);
  return bytes.toString('base64');
}

function badDigest(algorithm: string): AwsError {
  return new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

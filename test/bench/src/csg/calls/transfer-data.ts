// What is up- and downloaded: one block of bytes that do not compress, over and over.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const blockBytes = 64 * 1024;

export const block = Buffer.concat(
  Array.from({ length: blockBytes / 32 }, (_, at) => createHash('sha256').update(`block ${at}`).digest()),
);

export function blocksOf(bytes: number): number {
  if (bytes % blockBytes !== 0) throw new RangeError(`${bytes} is no multiple of ${blockBytes}`);
  return bytes / blockBytes;
}

/** Hex SHA-256 of so many bytes. Half a second for a gigabyte, once. */
export const transferSha256 = remembered((bytes) => {
  const hash = createHash('sha256');
  for (let left = blocksOf(bytes); left > 0; left--) hash.update(block);
  return hash.digest('hex');
});

/** As x-amz-checksum-crc32 has it. */
export const transferCrc32 = remembered((bytes) => {
  let sum = 0;
  for (let left = blocksOf(bytes); left > 0; left--) sum = crc32(block, sum);
  const result = Buffer.alloc(4);
  result.writeUInt32BE(sum);
  return result.toString('base64');
});

function remembered(compute: (bytes: number) => string): (bytes: number) => string {
  const known = new Map<number, string>();
  return (bytes) => {
    const result = known.get(bytes) ?? compute(bytes);
    known.set(bytes, result);
    return result;
  };
}

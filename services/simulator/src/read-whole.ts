// A body in one piece, within a limit.
import { AwsError } from './aws-error.ts';

/** Throws RequestEntityTooLarge when there is more; then the rest is left unread. */
export async function readWhole(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new AwsError('RequestEntityTooLarge', 'The request body is too large.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

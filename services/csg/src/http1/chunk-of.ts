/** Wraps a piece of a body as one chunk (RFC 9112 7.1). The piece is not empty: an empty chunk would end the body. */
export function chunkOf(piece: Buffer): Buffer {
  const head = `${piece.length.toString(16)}\r\n`;
  const chunk = Buffer.allocUnsafe(head.length + piece.length + 2);
  chunk.write(head, 0, 'latin1');
  piece.copy(chunk, head.length);
  chunk.write('\r\n', head.length + piece.length, 'latin1');
  return chunk;
}

/** What ends a chunked body. */
export const lastChunk = '0\r\n\r\n';

// The line before each chunk: `<size in hex>;chunk-signature=<64 hex digits>\r\n`.

export interface ChunkSizeLine {
  /** As it was spelled, up to the signature: capitals and leading zeros stay. */
  readonly beforeSignature: string;
  readonly bytes: number;
  readonly signature: string;
}

/** No valid line is longer; give up reading one that is. */
export const chunkSizeLineMax = 100;

const shape = /^(([0-9A-Fa-f]{1,12});chunk-signature=)([0-9a-f]{64})\r\n$/;

/** `line` has its line end. */
export function parseChunkSizeLine(line: string): ChunkSizeLine | undefined {
  const [, beforeSignature, size, signature] = shape.exec(line) ?? [];
  if (beforeSignature === undefined || size === undefined || signature === undefined) return undefined;
  return { beforeSignature, bytes: Number.parseInt(size, 16), signature };
}

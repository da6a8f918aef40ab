// Takes a body off the wire piece by piece, whatever its framing.
import type { BodyFraming } from './body-framing.ts';
import { createChunkedScanner } from './chunked-scanner.ts';
import type { Wire } from './wire.ts';

export type BodyEnd = 'complete' | 'broken' | 'malformed' | 'stopped';

/**
 * Calls `onPiece` with every run of payload; what it returns is awaited, so a slow taker slows the sender down. `false`
 * from it stops the reading. The pieces are only good until the next one.
 */
export async function readBody(
  wire: Wire,
  framing: BodyFraming,
  onPiece: (piece: Buffer) => Promise<boolean> | boolean,
): Promise<BodyEnd> {
  switch (framing.kind) {
    case 'none':
      return 'complete';
    case 'length':
      return readLength(wire, framing.bytes, onPiece);
    case 'chunked':
      return readChunked(wire, onPiece);
    case 'until-close':
      return readUntilClose(wire, onPiece);
  }
}

type OnPiece = (piece: Buffer) => Promise<boolean> | boolean;

async function readLength(wire: Wire, bytes: number, onPiece: OnPiece): Promise<BodyEnd> {
  let left = bytes;
  while (left > 0) {
    const here = wire.peek();
    if (here.length === 0) {
      if (!(await wire.more())) return 'broken';
      continue;
    }
    const piece = here.length > left ? here.subarray(0, left) : here;
    wire.consume(piece.length);
    left -= piece.length;
    const goesOn = onPiece(piece);
    if (!(goesOn === true || (await goesOn))) return 'stopped';
  }
  return 'complete';
}

async function readChunked(wire: Wire, onPiece: OnPiece): Promise<BodyEnd> {
  const scanner = createChunkedScanner();
  const runs: Buffer[] = [];
  while (!scanner.done) {
    const here = wire.peek();
    if (here.length === 0) {
      if (!(await wire.more())) return 'broken';
      continue;
    }
    const used = scanner.scan(here, (run) => runs.push(run));
    if (used < 0) return 'malformed';
    wire.consume(used);
    for (const run of runs) {
      const goesOn = onPiece(run);
      if (!(goesOn === true || (await goesOn))) return 'stopped';
    }
    runs.length = 0;
  }
  return 'complete';
}

async function readUntilClose(wire: Wire, onPiece: OnPiece): Promise<BodyEnd> {
  for (;;) {
    const here = wire.peek();
    if (here.length > 0) {
      wire.consume(here.length);
      const goesOn = onPiece(here);
      if (!(goesOn === true || (await goesOn))) return 'stopped';
    } else if (!(await wire.more())) return 'complete';
  }
}

// Decides what is done with the body of a request, and takes it where it has to be known before anything is forwarded:
// when its signature covers the hash of the body itself, when the name of the call stands in it, when a policy looks
// into it. Everything else streams.
import { createHash, hash } from 'node:crypto';
import { emptySha256, type ParsedSignature } from '@cloud-gateway/sigv4';
import type { BodyFraming } from '../http1/body-framing.ts';
import { readBody } from '../http1/read-body.ts';
import type { Wire } from '../http1/wire.ts';
import { createFormActionScanner } from './form-action-scanner.ts';
import { notChunked } from './not-chunked.ts';
import { RefusedCall } from './refused-call.ts';
import type { Spool, SpoolFile } from './spool.ts';

export type TakenBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'memory'; readonly bytes: Buffer; readonly sha256: string }
  | {
      readonly kind: 'file';
      readonly file: SpoolFile;
      readonly sha256: string;
      /** Of a form: the values of its parameters `Action`. */
      readonly actions: readonly string[];
    }
  /** Still on the wire. */
  | { readonly kind: 'stream' };

export interface TakeBodyDeps {
  readonly spool: Spool;
  readonly memory: BodyMemory;
}

/** What all requests together hold in memory. */
interface BodyMemory {
  /** One body larger than this goes to a file. */
  readonly bodyBytesMax: number;
  /** All of them together; above it smaller ones go to files too. */
  readonly totalBytesMax: number;
  inUse: number;
}

export interface BodyToTake {
  readonly wire: Wire;
  readonly framing: BodyFraming;
  readonly payload: ParsedSignature['payload'];
  /** The name of the call or of what it creates stands in the body. */
  readonly isNeededToDecide: boolean;
  readonly expectsContinue: boolean;
}

/** Throws RefusedCall when the body is too large to be held, or is no body. */
export async function takeBody(deps: TakeBodyDeps, body: BodyToTake): Promise<TakenBody> {
  const { framing, payload } = body;
  if (framing.kind === 'none') {
    assertNoneIsMeant(payload);
    return { kind: 'none' };
  }
  if (!mustBeTaken(deps, body)) return { kind: 'stream' };
  if (body.expectsContinue) await body.wire.write('HTTP/1.1 100 Continue\r\n\r\n');
  const taken = await collect(deps, body);
  if (payload.kind === 'declared' && payload.sha256 !== taken.sha256) {
    discardBody(deps, taken);
    throw notAsDeclared();
  }
  return taken;
}

/** A body that was left out is another body. */
function assertNoneIsMeant(payload: BodyToTake['payload']): void {
  if (payload.kind === 'declared' && payload.sha256 !== emptySha256) throw notAsDeclared();
  if (payload.kind === 'streaming') {
    throw new RefusedCall('malformed-request', `There is no body, but ${payload.name} announces one.`);
  }
}

// Closes: of a body that was taken and is refused nobody could tell any more where it ends.
function notAsDeclared(): RefusedCall {
  return new RefusedCall(
    'payload-hash-mismatch',
    'The body is not the one that x-amz-content-sha256 declares.',
    { closes: true },
  );
}

/** Gives back what the body held. Call it once. */
export function discardBody(deps: TakeBodyDeps, body: TakenBody): void {
  if (body.kind === 'memory') deps.memory.inUse -= body.bytes.length;
  if (body.kind === 'file') body.file.discard();
}

function mustBeTaken({ memory }: TakeBodyDeps, { payload, framing, isNeededToDecide }: BodyToTake): boolean {
  switch (payload.kind) {
    case 'body':
      return true;
    case 'declared':
      return isNeededToDecide || (framing.kind === 'length' && framing.bytes <= memory.bodyBytesMax);
    case 'unsigned':
    case 'streaming':
      return isNeededToDecide;
  }
}

type Collected = Extract<TakenBody, { kind: 'memory' | 'file' }>;

/** `taken` bytes of the same body are in memory already. */
function fitsIntoMemory(memory: BodyMemory, bytes: number, taken = 0): boolean {
  return taken + bytes <= memory.bodyBytesMax && memory.inUse + bytes <= memory.totalBytesMax;
}

async function collect(deps: TakeBodyDeps, { wire, framing }: BodyToTake): Promise<Collected> {
  const { memory } = deps;
  const here = wire.peek();
  if (framing.kind === 'length' && here.length >= framing.bytes && fitsIntoMemory(memory, framing.bytes)) {
    // Most bodies: they came together with their head.
    const bytes = here.subarray(0, framing.bytes);
    wire.consume(bytes.length);
    memory.inUse += bytes.length;
    return { kind: 'memory', bytes, sha256: hash('sha256', bytes, 'hex') };
  }
  const pieces: Buffer[] = [];
  let inMemory = 0;
  let large: LargeBody | undefined;
  let isTooLarge = false;

  const end = await readBody(wire, framing, async (piece) => {
    if (!large && fitsIntoMemory(memory, piece.length, inMemory)) {
      pieces.push(piece);
      inMemory += piece.length;
      memory.inUse += piece.length;
      return true;
    }
    large ??= await openLargeBody(deps, pieces);
    isTooLarge = !(await large.append(piece));
    return !isTooLarge;
  });

  if (end !== 'complete' || large) {
    memory.inUse -= inMemory;
    pieces.length = 0;
  }
  if (end !== 'complete') {
    large?.file.discard();
    throw unfinished(end, isTooLarge);
  }
  if (large) return large.finish();
  const [only] = pieces;
  const bytes = pieces.length === 1 && only ? only : Buffer.concat(pieces);
  return { kind: 'memory', bytes, sha256: hash('sha256', bytes, 'hex') };
}

function unfinished(end: 'broken' | 'malformed' | 'stopped', isTooLarge: boolean): RefusedCall {
  if (isTooLarge) {
    return new RefusedCall(
      'body-too-large',
      'The body is larger than this gateway holds to check it. Declare its hash in x-amz-content-sha256, so that it can stream, or ask the operator to raise GATEWAY_CSG_SPOOL_FILE_BYTES.',
      { closes: true },
    );
  }
  if (end === 'broken')
    return new RefusedCall('client-gone', 'The client went away in its body.', { closes: true });
  return notChunked();
}

interface LargeBody {
  readonly file: SpoolFile;
  append(piece: Buffer): Promise<boolean>;
  finish(): Collected;
}

async function openLargeBody({ spool }: TakeBodyDeps, soFar: readonly Buffer[]): Promise<LargeBody> {
  const file = await spool.open();
  const sha256 = createHash('sha256');
  const actions = createFormActionScanner();
  async function append(piece: Buffer): Promise<boolean> {
    sha256.update(piece);
    actions.push(piece);
    return file.append(piece);
  }
  for (const piece of soFar) await append(piece);
  return {
    file,
    append,
    finish: () => ({ kind: 'file', file, sha256: sha256.digest('hex'), actions: actions.end() }),
  };
}

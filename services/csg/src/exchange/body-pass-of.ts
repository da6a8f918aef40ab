import type { BodyPassInput } from './body-pass-input.ts';
import { type BodyPass, passUnchanged } from './pass-body.ts';
import { passDeclaredBody } from './pass-declared-body.ts';
import { passSignedChunks } from './pass-signed-chunks.ts';

/** Chooses what is done to a streamed body by what its signature says of it. */
export function bodyPassOf(input: BodyPassInput): BodyPass {
  const { payload } = input.admitted.parsed;
  if (payload.kind === 'declared') return passDeclaredBody(payload.sha256);
  if (payload.kind === 'streaming' && payload.name !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    return passSignedChunks(input);
  }
  return passUnchanged;
}

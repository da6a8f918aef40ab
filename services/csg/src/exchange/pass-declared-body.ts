// The body of a request that declares its hash. It streams, but the last piece is kept back until the whole is known to
// be what was signed: without it the cloud has no complete request, and does nothing.
import { createHash } from 'node:crypto';
import type { BodyPass } from './pass-body.ts';

export function passDeclaredBody(sha256: string): BodyPass {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  return {
    push(piece) {
      hash.update(piece);
      const out = held === undefined ? [] : [held];
      held = piece;
      return { ok: true, out };
    },
    end() {
      if (hash.digest('hex') !== sha256) {
        return {
          ok: false,
          kind: 'payload-hash-mismatch',
          message: 'The body is not the one that x-amz-content-sha256 declares.',
        };
      }
      return { ok: true, out: held === undefined ? [] : [held] };
    },
  };
}

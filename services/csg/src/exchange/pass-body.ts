// What happens to a body on its way through: nothing, or it is held against what its signature says of it.
import type { RefusalKind } from '../refusals/refusal.ts';

export type PassResult =
  | { readonly ok: true; readonly out: readonly Buffer[] }
  | { readonly ok: false; readonly kind: RefusalKind; readonly message: string };

export interface BodyPass {
  /** Takes a piece that the client sent, and gives what may go to the cloud now. */
  push(piece: Buffer): PassResult;
  /** Takes the end, and gives the rest. */
  end(): PassResult;
}

const nothing: PassResult = { ok: true, out: [] };

/** For UNSIGNED-PAYLOAD and for trailers that are not signed. */
export const passUnchanged: BodyPass = {
  push: (piece) => ({ ok: true, out: [piece] }),
  end: () => nothing,
};

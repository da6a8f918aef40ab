import type { RefusalKind } from '../refusals/refusal.ts';

/**
 * Ends a call that is not forwarded, or whose forwarding failed. An answer in the shape of the called service's
 * protocol is made of it; nothing of it is an error of ours.
 */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  readonly kind: RefusalKind;
  /** True where the rest of the connection cannot be understood any more. */
  readonly closes: boolean;

  constructor(kind: RefusalKind, message: string, { closes = false }: { readonly closes?: boolean } = {}) {
    super(message);
    this.kind = kind;
    this.closes = closes;
  }
}

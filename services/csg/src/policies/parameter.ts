/** What a call says of one of its parameters. `why` completes a sentence: "the rule refuses, because …". */
export type Parameter =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** It cannot be said, for sure, what the cloud would read there: it stands there twice, or the body is no JSON. */
  | { readonly kind: 'unreadable'; readonly why: string };

export const absent: Parameter = { kind: 'absent' };

export function unreadable(why: string): Parameter {
  return { kind: 'unreadable', why };
}

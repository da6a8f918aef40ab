/** The guard's answer. It throws nothing: the caller knows which error its own caller understands. */
export type SkewVerdict = { readonly ok: true } | { readonly ok: false; readonly skewSeconds: number };

// What a signature is taken over: the request as it is on the wire, before any library has tidied it up.

/**
 * Header fields in the order of the wire: pairs, or Node's flat `rawHeaders` (name, value, name, value …). Never an
 * object: that has already lost the duplicates. Values are as Node hands them over, one character per byte (latin1).
 */
export type RawHeaders = readonly string[] | readonly (readonly [name: string, value: string])[];

export interface RequestHead {
  readonly method: string;
  /** The raw request target in origin form, `/path?query`. Not a URL object: that collapses `//` and `..`. */
  readonly target: string;
  readonly headers: RawHeaders;
}

/** Cuts a target at its first `?`. A bare `/path?` has the empty query, as `/path` has. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

// A request target, read as a service reads it after the signature was checked.

/** The query is decoded: pairs in the order of the wire. */
export function splitPathAndQuery(target: string): {
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
} {
  const at = target.indexOf('?');
  if (at < 0) return { path: target, query: new Map() };
  // A plus is a plus here, as it was signed; only forms write a space that way.
  const query = new URLSearchParams(target.slice(at + 1).replaceAll('+', '%2B'));
  return { path: target.slice(0, at), query: new Map(query) };
}

/** What cannot be decoded stays as it was sent. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

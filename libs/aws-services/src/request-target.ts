// A request target, taken apart without being tidied up.

export interface RequestTarget {
  readonly path: string;
  /** Every parameter with all its values, decoded. */
  readonly query: ReadonlyMap<string, readonly string[]>;
}

export function parseTarget(target: string): RequestTarget {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, query: new Map() }
    : { path: target.slice(0, at), query: parseForm(target.slice(at + 1)) };
}

/** Reads `name=value&…`, of a query or of a form. A name without `=` has the value ''. */
export function parseForm(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

/** Text that is not well-formed stays as it is: it then matches nothing. */
export function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

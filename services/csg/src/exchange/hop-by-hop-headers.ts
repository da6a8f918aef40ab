import type { RawHeaders } from '../http1/header-lines.ts';

/** RFC 9110 7.6.1, and what clients say to proxies. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
]);

/** The names, in lower case, of headers that are for the next hop only: those above, and those that Connection names. */
export function hopByHopHeaders(headers: RawHeaders): ReadonlySet<string> {
  let names: Set<string> | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    for (const option of (headers[i + 1] ?? '').split(',')) {
      names ??= new Set(hopByHop);
      names.add(option.trim().toLowerCase());
    }
  }
  return names ?? hopByHop;
}

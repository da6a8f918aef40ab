// Documents as the JSON protocols write them: times are seconds since 1970.
import type { Document } from '../operation.ts';
import type { XmlValue } from '../xml.ts';

export function writeJson(document: Document): string {
  return JSON.stringify(plain(document));
}

function plain(value: XmlValue): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (typeof value === 'function') return plain(value());
  if (Array.isArray(value)) return value.map((entry: XmlValue) => plain(entry));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, XmlValue]) => [name, plain(member)]),
  );
}

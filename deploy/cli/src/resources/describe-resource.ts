import { printable } from '../output/printable.ts';

/** A document, or anything else with fields, as lines of name and value; what is empty stays away. */
export function describeResource(document: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(document).flatMap(([name, value]) => lineOf(name, value));
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`).join('\n');
}

function lineOf(name: string, value: unknown): (readonly [string, string])[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [[name, value.map(brief).join(', ')]];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => lineOf(`${name}.${printable(key)}`, inner));
}

function brief(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

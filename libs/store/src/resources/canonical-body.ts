// Two bodies are equal when their canonical texts are. Only the order of keys is levelled here: a cloud adapter sorts
// the lists whose order means nothing, because only it knows which ones those are.
//
// An unchanged poll spends most of the gateway's own time here, once per resource and listing.
import { hash } from 'node:crypto';
import type { ResourceBody } from '@cloud-gateway/contracts';

/** JSON with sorted keys. `null` is kept; `undefined` is left out, as JSON does. For what came from JSON only. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(withSortedKeys(value));
}

/** SHA-256 of the canonical text, in base64. */
export function bodyHash(body: ResourceBody): string {
  return hash('sha256', canonicalJson(body), 'base64');
}

/** The names of the top-level fields whose values differ, sorted. */
export function changedFields(before: ResourceBody, after: ResourceBody): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name])).sort();
}

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withSortedKeys);
  const source = value as Record<string, unknown>;
  const sorted: Record<string, unknown> = {};
  for (const key of sortedKeys(Object.keys(source))) {
    // An assignment to this one name would set the prototype.
    if (key === '__proto__') Object.defineProperty(sorted, key, ownProperty(withSortedKeys(source[key])));
    else sorted[key] = withSortedKeys(source[key]);
  }
  return sorted;
}

function ownProperty(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

// The bodies of a listing have the same few sets of keys: remembering how the last ones are sorted is a third faster
// than sorting. By count, because sets of different sizes cannot be equal.
const remembered = new Map<
  number,
  { readonly keys: readonly string[]; readonly sorted: readonly string[] }[]
>();
const rememberedPerCount = 4;

function sortedKeys(keys: readonly string[]): readonly string[] {
  const candidates = remembered.get(keys.length) ?? [];
  const match = candidates.find((candidate) => areEqual(candidate.keys, keys));
  if (match !== undefined) return match.sorted;
  const sorted = [...keys].sort();
  remembered.set(keys.length, [{ keys, sorted }, ...candidates.slice(0, rememberedPerCount - 1)]);
  return sorted;
}

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

// Two bodies are equal when their canonical texts are. Only the order of keys is levelled here: a cloud adapter sorts
// the lists whose order means nothing, because only it knows which ones those are.
import { createHash } from 'node:crypto';
import type { ResourceBody } from '@cloud-gateway/contracts';

/** JSON with sorted keys. `null` is kept; `undefined` is left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}

/** SHA-256 of the canonical text. */
export function bodyHash(body: ResourceBody): Buffer {
  return createHash('sha256').update(canonicalJson(body)).digest();
}

/** The names of the top-level fields whose values differ, sorted. */
export function changedFields(before: ResourceBody, after: ResourceBody): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name])).sort();
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// How EC2's fields become those of a body. EC2 says "nothing" in three ways (absent, empty text, empty list) and gives
// every list in any order; a body says it in one way and in one order, or each poll would look like a change.
import type { Tag } from '@aws-sdk/client-ec2';

/** Gives null for an absent or empty text. */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** Gives an ISO time in UTC; null when there is none or it is no time. */
export function timeOrNull(time: Date | string | undefined): string | null {
  if (time === undefined || time === '') return null;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Gives the texts that are there, each once, sorted. */
export function sortedTexts(texts: readonly (string | undefined)[] | undefined): string[] {
  return [
    ...new Set((texts ?? []).filter((text): text is string => text !== undefined && text !== '')),
  ].sort();
}

/** Sorts by a key of text, without changing the list. */
export function sortedBy<T>(items: readonly T[] | undefined, key: (item: T) => string | undefined): T[] {
  return [...(items ?? [])].sort((a, b) => compare(key(a) ?? '', key(b) ?? ''));
}

export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries(sortedBy(tags, (tag) => tag.Key).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
}

/** Leaves out what the cloud did not say. */
export function present(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => isSaid(value)));
}

function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

// Not localeCompare: the order must be the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

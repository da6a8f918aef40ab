// How EC2's fields become those of a body. EC2 says "nothing" in three ways (absent, empty text, empty list) and gives
// every list in any order; a body says it in one way and in one order, or each poll would look like a change. All of it is
// done for everything that is listed, a hundred thousand times per poll, so it makes no list that it does not need.
import type { Tag } from '@aws-sdk/client-ec2';

/** Gives null for an absent or empty text. */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** Gives an ISO time in UTC; null when there is none or it is no time. */
export function timeOrNull(time: Date | string | undefined): string | null {
  if (time === undefined || time === '') return null;
  const date = typeof time === 'string' ? new Date(time) : time;
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Gives the texts that are there, each once, sorted. */
export function sortedTexts(texts: readonly (string | undefined)[] | undefined): string[] {
  const said: string[] = [];
  for (const text of texts ?? []) {
    if (text !== undefined && text !== '' && !said.includes(text)) said.push(text);
  }
  return said.length > 1 ? said.sort() : said;
}

/** The main one comes first, because it is the one that clients take; the others are sorted. */
export function mainFirst(
  main: string | undefined,
  others: readonly (string | undefined)[] | undefined,
): string[] {
  const rest = sortedTexts(others);
  if (main === undefined || main === '') return rest;
  return [main, ...rest.filter((text) => text !== main)];
}

/** Sorts by a key of text, without changing the list. */
export function sortedBy<T>(
  items: readonly T[] | undefined,
  key: (item: T) => string | undefined,
): readonly T[] {
  if (items === undefined) return [];
  return items.length > 1 ? [...items].sort((a, b) => compare(key(a) ?? '', key(b) ?? '')) : items;
}

export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries(sortedBy(tags, (tag) => tag.Key).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
}

/** Leaves out what the cloud did not say. The names are ours, so none of them is `__proto__`. */
export function present(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const name in attributes) {
    const value = attributes[name];
    if (isSaid(value)) said[name] = value;
  }
  return said;
}

function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.length > 0;
  for (const _name in value) return true;
  return false;
}

// Not localeCompare: the order must be the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// The last step of every Describe: from what was found to the page that is answered. All that a listing lies about is
// here: items that are missing, a listing with nothing in it, odd pages, items that come twice, no order.
import type { Call } from '../call.ts';
import { isMissing } from '../faults/missing-items.ts';
import { cutPage, inOrder, type OrderedItems, type Page } from './paging.ts';

interface Listing<T> {
  /** A token is good only for the listing that gave it. */
  readonly listing: string;
  /** A list in any order, or what can be read in the order of its keys when it is long. */
  readonly items: readonly T[] | OrderedItems<T>;
  /** The id: what the order goes by, and what a fault calls an item. */
  readonly keyOf: (item: T) => string;
  /** Nothing that was asked for by its id is missing from the answer. */
  readonly byId: boolean;
  readonly maxResults: number | undefined;
  /** How long a page is when nobody asked for a length; it is a full one then. Without it everything is one page. */
  readonly usualResults?: number;
  readonly nextToken: string | undefined;
}

/** The items of the page in the order in which to answer them. Throws InvalidNextToken. */
export function listPage<T>(
  { listing, items, keyOf, byId, maxResults, usualResults, nextToken }: Listing<T>,
  { listingFaults, settings, shuffled }: Pick<Call, 'listingFaults' | 'settings' | 'shuffled'>,
): Page<T> {
  const { missing, isEmpty, repeats } = listingFaults;
  if (isEmpty && !byId) return { items: [], nextToken: undefined };
  const ordered = isList(items) ? inOrder(items, keyOf) : items;
  const page = cutPage({
    items:
      missing.length === 0 || byId ? ordered : where(ordered, (item) => !isMissing(keyOf(item), missing)),
    keyOf,
    maxResults: maxResults ?? usualResults,
    nextToken,
    mode: maxResults === undefined ? 'none' : settings.paging,
    repeats,
    listing,
  });
  return { items: shuffled(page.items), nextToken: page.nextToken };
}

/** Those of the items that pass, still in order. */
export function where<T>({ after }: OrderedItems<T>, test: (item: T) => boolean): OrderedItems<T> {
  return {
    *after(key) {
      for (const item of after(key)) if (test(item)) yield item;
    },
  };
}

// Array.isArray does not narrow a readonly array out of a union.
function isList<T>(items: readonly T[] | OrderedItems<T>): items is readonly T[] {
  return Array.isArray(items);
}

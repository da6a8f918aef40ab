// Pages, with AWS's habits: only the absence of a token ends a listing. A page may be short or empty and still carry
// one. Items are cut in the order of their keys, so what is made or deleted between two pages shifts nothing.
import { AwsError } from '../aws-error.ts';

/**
 * none    pages are full, and the last one has no token
 * mild    every third page is short, every fifth is empty
 * harsh   every second page is empty, the others hold one item
 */
export const pagingModes = ['none', 'mild', 'harsh'] as const;
export type PagingMode = (typeof pagingModes)[number];

/** What can be read from any place on, in the order of its keys. */
export interface OrderedItems<T> {
  /** Those whose keys come after this one; '' is before all. */
  after(key: string): Iterable<T>;
}

interface PageRequest<T> {
  readonly items: OrderedItems<T>;
  readonly keyOf: (item: T) => string;
  /** Without it all items are one page. */
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
  readonly mode: PagingMode;
  /** A page begins with the last item of the page before. */
  readonly repeats?: boolean;
  /** A token is good only for the listing that gave it. */
  readonly listing: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Costs what the page holds, and not what the listing holds, unless `items` says otherwise. */
export function cutPage<T>(request: PageRequest<T>): Page<T> {
  const { items, keyOf, maxResults, nextToken, mode, repeats = false, listing } = request;
  const start = nextToken === undefined ? firstPage : readToken(nextToken, listing);
  const size = maxResults === undefined ? undefined : pageSize(maxResults, start.turn, mode);
  // A page of one item that repeats one would never come further.
  const from = repeats && size !== undefined && size > 1 ? start.beforeLast : start.after;
  const page = take(items.after(from), size);
  if (page.isLast) return { items: page.items, nextToken: undefined };
  const keyAt = (index: number) => {
    const item = page.items.at(index);
    return item === undefined ? undefined : keyOf(item);
  };
  const after = keyAt(-1) ?? start.after;
  const beforeLast = keyAt(-2) ?? (page.items.length === 1 ? from : start.beforeLast);
  return { items: page.items, nextToken: writeToken({ after, beforeLast, turn: start.turn + 1 }, listing) };
}

/** Gives a short list an order. */
export function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): OrderedItems<T> {
  return {
    after: (key) => items.filter((item) => keyOf(item) > key).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

function take<T>(rest: Iterable<T>, size: number | undefined): { items: T[]; isLast: boolean } {
  const items: T[] = [];
  for (const item of rest) {
    if (items.length === size) return { items, isLast: false };
    items.push(item);
  }
  return { items, isLast: true };
}

function pageSize(maxResults: number, turn: number, mode: PagingMode): number {
  switch (mode) {
    case 'none':
      return maxResults;
    case 'mild':
      if (turn % 5 === 3) return 0;
      return turn % 3 === 1 ? Math.ceil(maxResults / 2) : maxResults;
    case 'harsh':
      return turn % 2 === 1 ? 0 : 1;
  }
}

interface Position {
  readonly after: string;
  /** Behind it comes the last item of the pages so far. */
  readonly beforeLast: string;
  readonly turn: number;
}

const firstPage: Position = { after: '', beforeLast: '', turn: 0 };

function writeToken({ after, beforeLast, turn }: Position, listing: string): string {
  return Buffer.from(JSON.stringify([listing, after, beforeLast, turn])).toString('base64url');
}

function readToken(token: string, listing: string): Position {
  const parsed = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  if (Array.isArray(parsed)) {
    const [forListing, after, beforeLast, turn]: unknown[] = parsed;
    if (
      forListing === listing &&
      typeof after === 'string' &&
      typeof beforeLast === 'string' &&
      typeof turn === 'number'
    )
      return { after, beforeLast, turn };
  }
  throw new AwsError('InvalidNextToken', 'The specified NextToken is not valid.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

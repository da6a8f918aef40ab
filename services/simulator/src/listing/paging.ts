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

interface PageRequest<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Without it all items are one page. */
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
  readonly mode: PagingMode;
  /** A token is good only for the listing that gave it. */
  readonly listing: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

export function cutPage<T>({ items, keyOf, maxResults, nextToken, mode, listing }: PageRequest<T>): Page<T> {
  const start = nextToken === undefined ? { after: '', turn: 0 } : readToken(nextToken, listing);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > start.after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const size = maxResults === undefined ? rest.length : pageSize(maxResults, start.turn, mode);
  const page = rest.slice(0, size);
  if (page.length === rest.length) return { items: page.map(({ item }) => item), nextToken: undefined };
  const after = page.at(-1)?.key ?? start.after;
  return {
    items: page.map(({ item }) => item),
    nextToken: writeToken({ after, turn: start.turn + 1 }, listing),
  };
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
  readonly turn: number;
}

function writeToken({ after, turn }: Position, listing: string): string {
  return Buffer.from(JSON.stringify([listing, after, turn])).toString('base64url');
}

function readToken(token: string, listing: string): Position {
  const parsed = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  if (Array.isArray(parsed)) {
    const [forListing, after, turn]: unknown[] = parsed;
    if (forListing === listing && typeof after === 'string' && typeof turn === 'number')
      return { after, turn };
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

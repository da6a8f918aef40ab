/** The body of a page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Makes a page of what was found when one row more than `limit` was asked for: that one tells that there are more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit, idOf, toItem }: { limit: number; idOf: (row: Row) => string; toItem: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? idOf(last) : null,
  };
}

/** Puts growing ids together into ranges without a hole: [4, 5, 6, 9] becomes [4, 6] and [9, 9]. */
export function idRanges(ids: readonly number[]): (readonly [first: number, last: number])[] {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === id - 1) range[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

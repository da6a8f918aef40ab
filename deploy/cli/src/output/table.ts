/** Rows in aligned columns, the first row being the head. With `width` the widest columns give way until it fits. */
export function table(
  rows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY }: { readonly width?: number } = {},
): string {
  const natural = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [],
  );
  const widths = fitted(natural, width);
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const shown = shortened(cell, widths[i] ?? 0);
          return i === row.length - 1 ? shown : shown.padEnd(widths[i] ?? 0);
        })
        .join(gap),
    )
    .join('\n');
}

const gap = '  ';
/** No column becomes narrower than this. */
const narrowest = 8;

/** Takes from the widest, again and again: ids and states keep their room beside one long name. */
function fitted(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

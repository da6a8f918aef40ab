import { printable } from './printable.ts';

/** Rows in aligned columns, the first row being the head. With `width` the widest columns but the first give way until it fits. */
export function table(
  given: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY }: { readonly width?: number } = {},
): string {
  const rows = given.map((row) => row.map(printable));
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

/**
 * Takes from the widest, again and again: states keep their room beside one long name. The first column is what a line is
 * about, mostly an id for the next command: it stays whole, and where that is not enough the terminal breaks the line.
 */
function fitted(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));
  while (total() > width) {
    const widest = Math.max(...widths.slice(1));
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest, 1)] = widest - 1;
  }
  return widths;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Columns of the terminal; no limit where the output goes elsewhere, or to a terminal that does not tell its size (0). */
export function terminalWidth(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
): number {
  return isTTY && columns ? columns : Number.POSITIVE_INFINITY;
}

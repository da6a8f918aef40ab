// EC2 takes 200 values of a filter at the most.
const chunkSize = 100;

/** Cuts a list into parts that one call of EC2 can ask for. */
export function chunked<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += chunkSize) {
    chunks.push(items.slice(start, start + chunkSize));
  }
  return chunks;
}

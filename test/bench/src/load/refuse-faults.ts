/** Throws when any counter is above zero: figures with errors in them mean nothing. */
export function refuseFaults(url: string, faults: Readonly<Record<string, number>>): void {
  const found = Object.entries(faults).filter(([, count]) => count > 0);
  if (found.length === 0) return;
  const list = found.map(([what, count]) => `${count} ${what}`).join(', ');
  throw new Error(`not every request to ${url} got its right answer: ${list}`);
}

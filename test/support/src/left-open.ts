// What tests have opened and not closed yet. The end of the run closes it, and fails for it.

type OpenThing = { what: string; close: () => Promise<void> };

const openThings = new Set<OpenThing>();

/** Remembers something that must be closed before the run ends. Call the result once it is. */
export function rememberOpen(what: string, close: () => Promise<void>): () => void {
  const thing = { what: `${what}, ${openedAt()}`, close };
  openThings.add(thing);
  return () => openThings.delete(thing);
}

/** Closes what is still open, last opened first, and says what it was. */
export async function closeLeftOpen(): Promise<string[]> {
  const left = [...openThings].reverse();
  openThings.clear();
  const complaints: string[] = [];
  for (const { what, close } of left) {
    const failure = await close().then(
      () => '',
      (err: unknown) => ` (and closing it failed: ${err})`,
    );
    complaints.push(`left open: ${what}${failure}`);
  }
  return complaints;
}

// The first caller outside this package: that is where the reader has to look.
function openedAt(): string {
  const lines = new Error().stack?.split('\n').slice(1) ?? [];
  const caller = lines.find((line) => !/test\/support\/(dist\/)?src\/|node:internal/.test(line));
  return caller?.trim().replace(/^at .*?\(?((file:)?\/.*?)\)?$/, 'opened at $1') ?? 'opened somewhere';
}

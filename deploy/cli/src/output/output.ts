// What a command tells: for a person, lines; with --json, one JSON object a line and nothing else on standard output.

export interface Output {
  /** A fact that a program may want: `data` is printed with --json, `text` without. */
  result(data: Readonly<Record<string, unknown>>, text: string): void;
  /** A list: with --json one object a line and nothing for an empty one, else `text`. */
  results(items: readonly object[], text: string): void;
  /** Progress, for a person only. Goes to standard error, so that results can be piped. */
  progress(text: string): void;
}

interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

export function createOutput(
  { json = false }: { readonly json?: boolean },
  { stdout, stderr }: Streams = process,
): Output {
  const print = (text: string) => void stdout.write(`${text}\n`);
  return {
    result: (data, text) => print(json ? JSON.stringify(data) : text),
    results: (items, text) => {
      if (!json) return print(text);
      for (const item of items) print(JSON.stringify(item));
    },
    progress: (text) => {
      if (!json) stderr.write(`${text}\n`);
    },
  };
}

// What a command tells: for a person, lines; with --json, one JSON object a line and nothing else on standard output.

export interface Output {
  /** A fact that a program may want: `data` is printed with --json, `text` without. */
  result(data: Readonly<Record<string, unknown>>, text: string): void;
  /** Progress, for a person only. Goes to standard error, so that results can be piped. */
  progress(text: string): void;
}

export function createOutput({
  json,
  stdout,
  stderr,
}: {
  json: boolean;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}): Output {
  return {
    result: (data, text) => {
      stdout.write(`${json ? JSON.stringify(data) : text}\n`);
    },
    progress: (text) => {
      if (!json) stderr.write(`${text}\n`);
    },
  };
}

// Finds the lines of one request in logs of any size: they are read line by line, and only lines that have the id in them
// are looked at.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type LogLine, parseLogLine } from './log-line.ts';

export interface FoundInLogs {
  readonly lines: readonly LogLine[];
  /** What was read, and what could not be. */
  readonly sources: readonly { readonly name: string; readonly error?: string }[];
  /** Lines that have the id in them but are no JSON: the log of a terminal. */
  readonly unreadable: number;
}

/** `-` is standard input. A file that cannot be read is told in `sources`. */
export async function readLogs(names: readonly string[], requestId: string): Promise<FoundInLogs> {
  const lines: LogLine[] = [];
  const sources: { name: string; error?: string }[] = [];
  let unreadable = 0;
  for (const name of names) {
    try {
      for await (const text of linesOf(name)) {
        if (!text.includes(requestId) || lines.length >= linesMax) continue;
        const line = parseLogLine(text, requestId);
        if (line) lines.push(line);
        else if (!text.startsWith('{')) unreadable += 1;
      }
      sources.push({ name });
    } catch (err) {
      sources.push({ name, error: err instanceof Error ? err.message : String(err) });
    }
  }
  return { lines, sources, unreadable };
}

/** More than any request writes: what is beyond is not shown. */
const linesMax = 10_000;

async function* linesOf(name: string): AsyncGenerator<string> {
  const input: Readable = name === '-' ? process.stdin : createReadStream(name);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // readline does not tell of its input's errors: without this the loop would wait for ever.
  let error: Error | undefined;
  input.once('error', (err) => {
    error = err;
    lines.close();
  });
  yield* lines;
  if (error) throw error;
}

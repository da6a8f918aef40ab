// Reads from a small and from a very large store, beside the echo of `bench -- rpc`, which reads nothing.
import { cpus } from 'node:os';
import { parseReadOptions, type ReadOptions, readHelp } from './read-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { Slice } from './run/slice.ts';

/** Gives the exit status: 0 when everything was measured, whether or not a goal was missed. */
export async function readCommand(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parseReadOptions(args);
    if (!options) {
      process.stdout.write(readHelp);
      return 0;
    }
    report(options, await measureAll(options, { signal: stopping.signal, say }));
    return 0;
  } catch (err) {
    say(
      stopping.signal.aborted
        ? 'Stopped'
        : `The benchmark failed: ${err instanceof Error ? err.message : String(err)}`,
    );
    return 1;
  }
}

function report(options: ReadOptions, slices: readonly Slice[]): void {
  const summaries = summarize(slices);
  const verdicts = judgeGoals(summaries);
  if (options.json) {
    const machine = { cores: cpus().length, node: process.version };
    process.stdout.write(`${JSON.stringify({ machine, options, summaries, verdicts, slices })}\n`);
  } else {
    process.stdout.write(`\n${renderReport(summaries, verdicts)}`);
  }
}

/** Progress goes to standard error, the result to standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

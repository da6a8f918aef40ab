// The proxy beside others, on a core of its own: each verifies and forwards the same calls to one cloud, in turns.
import { cpus } from 'node:os';
import { type CsgOptions, csgHelp, parseCsgOptions } from './csg-options.ts';
import { judgeGoals, type Verdict } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { type Measured, measureAll } from './run/measure-all.ts';

/** Gives the exit status: 0 when every goal's "must" was reached, 2 when one was missed, 1 when it could not be measured. */
export async function csgCommand(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parseCsgOptions(args);
    if (!options) {
      process.stdout.write(csgHelp);
      return 0;
    }
    const verdicts = report(options, await measureAll(options, { signal: stopping.signal, say }));
    return verdicts.some(({ verdict }) => verdict === 'missed') ? 2 : 0;
  } catch (err) {
    say(
      stopping.signal.aborted
        ? 'Stopped'
        : `The benchmark failed: ${err instanceof Error ? err.message : String(err)}`,
    );
    return 1;
  }
}

function report(options: CsgOptions, { slices, resumedElsewhere }: Measured): Verdict[] {
  const summaries = summarize(slices);
  const verdicts = judgeGoals({ summaries, resumedElsewhere });
  if (options.json) {
    const machine = { cores: cpus().length, node: process.version };
    process.stdout.write(
      `${JSON.stringify({ machine, options, summaries, resumedElsewhere, verdicts, slices })}\n`,
    );
  } else {
    process.stdout.write(`\n${renderReport(summaries, verdicts)}`);
  }
  return verdicts;
}

/** Progress goes to standard error, the result to standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

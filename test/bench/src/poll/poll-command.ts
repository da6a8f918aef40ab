// A complete poll beside the bare AWS SDK that lists the same pages and throws them away: what the gateway adds to a
// listing of nothing new, of a little that is new, and how soon what is new is told.
import { cpus } from 'node:os';
import { type PollOptions, parsePollOptions, pollHelp } from './poll-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { SizeMeasured } from './run/sample.ts';

/** Gives the exit status: 0 when everything was measured, whether or not a goal was missed. */
export async function pollCommand(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parsePollOptions(args);
    if (!options) {
      process.stdout.write(pollHelp);
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

function report(options: PollOptions, measured: readonly SizeMeasured[]): void {
  const summaries = measured.map(summarize);
  const verdicts = judgeGoals(summaries);
  if (options.json) {
    const machine = { cores: cpus().length, node: process.version };
    // Of thousands of events the summary has the percentiles.
    const samples = measured.flatMap(({ instances, samples: ofSize }) =>
      ofSize.map(({ eventMs, ...sample }) => ({ instances, events: eventMs.length, ...sample })),
    );
    process.stdout.write(`${JSON.stringify({ machine, options, summaries, verdicts, samples })}\n`);
  } else {
    process.stdout.write(`\n${renderReport(summaries, verdicts)}`);
  }
}

/** Progress goes to standard error, the result to standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

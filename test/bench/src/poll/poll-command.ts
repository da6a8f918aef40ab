// A complete poll beside the bare AWS SDK that lists the same pages and throws them away: what the gateway adds to a
// listing of nothing new, of a little that is new, and how soon what is new is told.
import { type BenchReport, runBenchCommand } from '../command/run-bench-command.ts';
import { parsePollOptions, pollHelp } from './poll-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { SizeMeasured } from './run/sample.ts';

export function pollCommand(args: readonly string[]): Promise<number> {
  return runBenchCommand({ help: pollHelp, parse: parsePollOptions, measure: measureAll, report }, args);
}

function report(measured: readonly SizeMeasured[]): BenchReport {
  const summaries = measured.map(summarize);
  const verdicts = judgeGoals(summaries);
  // Of thousands of events the summary has the percentiles.
  const samples = measured.flatMap(({ instances, samples: ofSize }) =>
    ofSize.map(({ eventMs, ...sample }) => ({ instances, events: eventMs.length, ...sample })),
  );
  return { result: { summaries, verdicts, samples }, render: () => renderReport(summaries, verdicts) };
}

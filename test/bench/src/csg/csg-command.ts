// The proxy beside others, on a core of its own: each verifies and forwards the same calls to one cloud, in turns.
import { type BenchReport, runBenchCommand } from '../command/run-bench-command.ts';
import { csgHelp, parseCsgOptions } from './csg-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { type Measured, measureAll } from './run/measure-all.ts';

/** Gives the exit status: 0 when every goal's "must" was reached, 2 when one was missed, 1 when it could not be measured. */
export function csgCommand(args: readonly string[]): Promise<number> {
  return runBenchCommand({ help: csgHelp, parse: parseCsgOptions, measure: measureAll, report }, args);
}

function report({ slices, resumedElsewhere }: Measured): BenchReport {
  const summaries = summarize(slices);
  const verdicts = judgeGoals({ summaries, resumedElsewhere });
  return {
    result: { summaries, resumedElsewhere, verdicts, slices },
    render: () => renderReport(summaries, verdicts),
    exitStatus: verdicts.some(({ verdict }) => verdict === 'missed') ? 2 : 0,
  };
}

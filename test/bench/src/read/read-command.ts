// Reads from a small and from a very large store, beside the echo of `bench -- rpc`, which reads nothing.
import { type BenchReport, runBenchCommand } from '../command/run-bench-command.ts';
import { parseReadOptions, readHelp } from './read-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { Slice } from './run/slice.ts';

export function readCommand(args: readonly string[]): Promise<number> {
  return runBenchCommand({ help: readHelp, parse: parseReadOptions, measure: measureAll, report }, args);
}

function report(slices: readonly Slice[]): BenchReport {
  const summaries = summarize(slices);
  const verdicts = judgeGoals(summaries);
  return { result: { summaries, verdicts, slices }, render: () => renderReport(summaries, verdicts) };
}

// Events from the outbox to the broker, beside bare amqplib; how soon one is delivered; what subscribers cost; and how
// fast stored events are delivered again.
import { type BenchReport, runBenchCommand } from '../command/run-bench-command.ts';
import { eventsHelp, parseEventsOptions } from './events-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { Measured } from './run/sample.ts';

export function eventsCommand(args: readonly string[]): Promise<number> {
  return runBenchCommand({ help: eventsHelp, parse: parseEventsOptions, measure: measureAll, report }, args);
}

function report(measured: Measured): BenchReport {
  const summary = summarize(measured);
  const verdicts = judgeGoals(summary);
  return { result: { summary, verdicts, measured }, render: () => renderReport(summary, verdicts) };
}

// Events from the outbox to the broker, beside bare amqplib; how soon one is delivered; what subscribers cost; and how
// fast stored events are delivered again.
import { cpus } from 'node:os';
import { type EventsOptions, eventsHelp, parseEventsOptions } from './events-options.ts';
import { judgeGoals } from './report/judge-goals.ts';
import { renderReport } from './report/render-report.ts';
import { summarize } from './report/summarize.ts';
import { measureAll } from './run/measure-all.ts';
import type { Measured } from './run/sample.ts';

/** Gives the exit status: 0 when everything was measured, whether or not a goal was missed. */
export async function eventsCommand(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parseEventsOptions(args);
    if (!options) {
      process.stdout.write(eventsHelp);
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

function report(options: EventsOptions, measured: Measured): void {
  const summary = summarize(measured);
  const verdicts = judgeGoals(summary);
  if (options.json) {
    const machine = { cores: cpus().length, node: process.version };
    process.stdout.write(`${JSON.stringify({ machine, options, summary, verdicts, measured })}\n`);
  } else {
    process.stdout.write(`\n${renderReport(summary, verdicts)}`);
  }
}

/** Progress goes to standard error, the result to standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

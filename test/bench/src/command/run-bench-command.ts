// What all benchmarks have in common: options in, progress to standard error, the result to standard output.
import { cpus } from 'node:os';

export interface BenchCommand<Options extends BenchOptions, Measured> {
  readonly help: string;
  /** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
  readonly parse: (args: readonly string[]) => Options | undefined;
  readonly measure: (options: Options, deps: BenchDeps) => Promise<Measured>;
  readonly report: (measured: Measured) => BenchReport;
}

interface BenchOptions {
  readonly json: boolean;
}

export interface BenchDeps {
  /** Aborts when the person wants to stop. */
  readonly signal: AbortSignal;
  /** Tells of the progress. */
  readonly say: (line: string) => void;
}

export interface BenchReport {
  /** What `--json` prints, beside the machine and the options. */
  readonly result: object;
  readonly render: () => string;
  /** Default 0: everything was measured, whether or not a goal was missed. */
  readonly exitStatus?: number;
}

/** Gives the exit status: the report's, or 1 when it could not be measured. */
export async function runBenchCommand<Options extends BenchOptions, Measured>(
  { help, parse, measure, report }: BenchCommand<Options, Measured>,
  args: readonly string[],
): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parse(args);
    if (!options) {
      process.stdout.write(help);
      return 0;
    }
    const {
      result,
      render,
      exitStatus = 0,
    } = report(await measure(options, { signal: stopping.signal, say }));
    const machine = { cores: cpus().length, node: process.version };
    process.stdout.write(
      options.json ? `${JSON.stringify({ machine, options, ...result })}\n` : `\n${render()}`,
    );
    return exitStatus;
  } catch (err) {
    say(
      stopping.signal.aborted
        ? 'Stopped'
        : `The benchmark failed: ${err instanceof Error ? err.message : String(err)}`,
    );
    return 1;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// Mocha's spec reporter, and after it the whole outcome in one plain line for programs that read the output. With
// `--reporter-option slowest=10` the ten files that took the longest come before it.
import Mocha from 'mocha';
import { FileTimes } from './file-times.ts';

const { EVENT_HOOK_END, EVENT_TEST_END } = Mocha.Runner.constants;

/** A default export because mocha asks a reporter's file for one. */
export default class SummaryReporter extends Mocha.reporters.Spec {
  readonly #times = new FileTimes();
  readonly #slowestCount: number;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    this.#slowestCount = Number(options.reporterOptions?.slowest ?? 0);
    for (const event of [EVENT_TEST_END, EVENT_HOOK_END]) {
      runner.on(event, (runnable: Mocha.Runnable) => this.#times.add(runnable));
    }
  }

  /** Mocha calls it last. Its count, unlike `stats`, has the failures of the global teardown and of files that do not load. */
  override done(failures: number, exit: (failures: number) => void): void {
    const { passes, pending } = this.stats;
    for (const line of this.#times.slowest(this.#slowestCount, process.cwd())) console.log(line);
    console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
    exit(failures);
  }
}

// Mocha's spec reporter, and after it the whole outcome in one plain line for programs that read the output.
import Mocha from 'mocha';

/** A default export because mocha asks a reporter's file for one. */
export default class SummaryReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  }
}

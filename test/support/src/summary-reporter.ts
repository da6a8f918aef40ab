// Mocha's spec reporter, and after it the whole outcome in one plain line for programs that read the output.
import Mocha from 'mocha';

/** A default export because mocha asks a reporter's file for one. */
export default class SummaryReporter extends Mocha.reporters.Spec {
  /** Mocha calls it last. Its count, unlike `stats`, has the failures of the global teardown and of files that do not load. */
  override done(failures: number, exit: (failures: number) => void): void {
    const { passes, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
    exit(failures);
  }
}

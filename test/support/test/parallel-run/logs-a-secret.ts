// Run by parallel-run.spec.ts, not by itself.
import { captureLogLine } from '../../src/run-captured-logs.ts';

describe('a file that is one of several', () => {
  it('logs a secret that it does not know to be one', () => {
    captureLogLine('careless', 'it is secret-of-the-other-file');
  });
});

// Run by parallel-run.spec.ts, not by itself.
import { rememberSecret } from '../../src/run-captured-logs.ts';

describe('a file that is one of several', () => {
  it('remembers a secret that another file logs', () => {
    rememberSecret('secret-of-the-other-file');
  });
});

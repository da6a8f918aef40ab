// Run by parallel-run.spec.ts, not by itself.
import { createTestDatabase } from '../../src/test-database.ts';

describe('a file that is one of several', () => {
  it('leaves a database', async () => {
    await createTestDatabase();
  });
});

import type { Command } from 'commander';
import { withStore } from '../gateway/with-store.ts';
import { createOutput } from '../output/output.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the present schema; `start` does it by itself')
    .option('--json', 'one JSON object')
    .action(async (options: { json?: boolean }) => {
      const output = createOutput(options);
      const done = await withStore(output.progress, (store) => store.migrate());
      output.result(
        { migrations: done },
        done.length > 0 ? `Done: ${done.join(', ')}.` : 'The database has the present schema already.',
      );
    });
}

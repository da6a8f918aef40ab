import type { Command } from 'commander';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('list every setting: environment variable, default, meaning')
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: boolean }) => {
      const { allSettings } = await import('../gateway/all-settings.ts');
      const settings = allSettings();
      const rows = settings.map(({ name, default: usual = '', description }) => [name, usual, description]);
      createOutput(options).results(settings, table([['setting', 'default', 'meaning'], ...rows]));
    });
}

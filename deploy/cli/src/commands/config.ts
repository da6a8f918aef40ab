import type { Command } from 'commander';
import { allSettings } from '../gateway/all-settings.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('list every setting: environment variable, default, meaning')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean }) => {
      const settings = allSettings();
      const rows = settings.map(({ name, default: usual = '', description }) => [name, usual, description]);
      createOutput(options).results(settings, table([['setting', 'default', 'meaning'], ...rows]));
    });
}

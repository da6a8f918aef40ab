import { describeConfig, processSettings } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { z } from 'zod';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { serviceSchemas } from '../gateway/services.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('list every setting: environment variable, default, meaning')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean }) => {
      const output = createOutput({
        json: options.json ?? false,
        stdout: process.stdout,
        stderr: process.stderr,
      });
      const rows = allSettings();
      if (options.json) for (const row of rows) output.result({ ...row }, '');
      else
        output.result(
          {},
          table([
            ['setting', 'default', 'meaning'],
            ...rows.map((row) => [row.name, row.default ?? '', row.description]),
          ]),
        );
    });
}

/** Each setting once, also when several services read it. */
export function allSettings() {
  const shapes = [z.object(processSettings), ...Object.values(serviceSchemas), cliConfigSchema];
  const rows = shapes.flatMap((schema) => describeConfig(schema));
  return [...new Map(rows.map((row) => [row.name, row])).values()].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

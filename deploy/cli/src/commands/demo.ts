import type { Command } from 'commander';
import type { DemoOptions } from '../demo/run-demo.ts';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('start everything, a simulated cloud included, and show the main job step by step')
    .option('--exit', 'end after the tour instead of staying')
    .option('--json', 'one JSON object a step')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(options);
    });
}

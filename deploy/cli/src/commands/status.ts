import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { readRunningGateway } from '../gateway/running-gateway.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('tell whether a gateway runs here and how it is; ends with 1 when it is not ready')
    .option('--json', 'one JSON object')
    .action(async (options: { json?: boolean }) => {
      const output = createOutput({
        json: options.json ?? false,
        stdout: process.stdout,
        stderr: process.stderr,
      });
      const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
      const running = await readRunningGateway(dataDir);
      if (!running) {
        output.result({ running: false, dataDir }, `No gateway runs from ${dataDir}.`);
        process.exitCode = 1;
        return;
      }
      const health = await askReadiness(running.adminUrl);
      const { pid, startedAt, services, edgeUrl, adminUrl } = running;
      output.result(
        {
          running: true,
          pid,
          startedAt,
          services,
          edgeUrl,
          adminUrl,
          ready: health.ok,
          checks: health.checks,
        },
        [
          `${health.ok ? 'Ready' : 'NOT ready'}. Process ${pid}, since ${startedAt}.`,
          ...(edgeUrl ? [`  API    ${edgeUrl}`] : []),
          `  admin  ${adminUrl}`,
          '',
          table([['check', 'state'], ...Object.entries(health.checks)]),
        ].join('\n'),
      );
      if (!health.ok) process.exitCode = 1;
    });
}

async function askReadiness(adminUrl: string): Promise<{ ok: boolean; checks: Record<string, string> }> {
  try {
    const response = await fetch(`${adminUrl}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as { ok: boolean; checks: Record<string, string> };
  } catch {
    return { ok: false, checks: { 'admin door': 'does not answer' } };
  }
}

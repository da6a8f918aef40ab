import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { noGatewayHere } from '../gateway/no-gateway-here.ts';
import { type RunningGateway, readRunningGateway } from '../gateway/running-gateway.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('tell whether a gateway runs here and how it is; ends with 1 when it is not ready')
    .option('--json', 'one JSON object')
    .action(async (options: { json?: boolean }) => {
      const output = createOutput(options);
      const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
      const running = await readRunningGateway(dataDir);
      if (!running) {
        output.result({ running: false, dataDir }, await noGatewayHere(dataDir));
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
        describe(running, health),
      );
      if (!health.ok) process.exitCode = 1;
    });
}

interface Readiness {
  readonly ok: boolean;
  /** `ok`, or what is wrong. */
  readonly checks: Readonly<Record<string, string>>;
}

async function askReadiness(adminUrl: string): Promise<Readiness> {
  try {
    const response = await fetch(`${adminUrl}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as Readiness;
  } catch {
    return { ok: false, checks: { 'admin door': 'does not answer' } };
  }
}

function describe({ pid, startedAt, edgeUrl, adminUrl }: RunningGateway, { ok, checks }: Readiness): string {
  return [
    `${ok ? 'Ready' : 'NOT ready'}. Process ${pid}, since ${startedAt}.`,
    ...(edgeUrl ? [`  API    ${edgeUrl}`] : []),
    `  admin  ${adminUrl}`,
    '',
    table([['check', 'state'], ...Object.entries(checks)]),
  ].join('\n');
}

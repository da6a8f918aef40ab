import { type Environment, readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { Argument, type Command } from 'commander';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { runUntilSignal } from '../gateway/run-until-signal.ts';
import { type ServiceName, serviceNames } from '../gateway/services.ts';
import { startEverything } from '../gateway/start-everything.ts';
import type { Gateway } from '../gateway/start-gateway.ts';
import { createOutput } from '../output/output.ts';

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the gateway: all services, or those named; private servers where none are configured')
    .addArgument(new Argument('[service...]', 'which services; all without').choices(serviceNames))
    .option('--json', 'one JSON object a line, the log included')
    .addHelpText(
      'after',
      '\nThe log goes to standard output, everything else to standard error. GATEWAY_LOG_FORMAT is json or pretty;\nunset, it is pretty on a terminal.',
    )
    .action((named: ServiceName[], options: { json?: boolean }) => runStart(named, options));
}

async function runStart(named: readonly ServiceName[], options: { json?: boolean }): Promise<void> {
  // Standard output belongs to the log: what a person is told goes beside it, unless a program wants it all.
  const output = createOutput(options, {
    stdout: options.json ? process.stdout : process.stderr,
    stderr: process.stderr,
  });
  const environment = readEnvironment();
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, environment);
  const logFormat = logFormatFor(environment, options);
  await runUntilSignal(async (aborted) => {
    const { gateway, servers, stop } = await startEverything({
      environment,
      dataDir,
      services: named.length > 0 ? serviceNames.filter((name) => named.includes(name)) : serviceNames,
      ...(logFormat && { logFormat }),
      report: (message) => output.progress(`  ${message}`),
      onAdministrator: ({ clientId, clientSecret }) =>
        output.result(
          { event: 'administrator-created', clientId, clientSecret },
          tellAdministrator(clientId, clientSecret),
        ),
      aborted,
    });
    const { edgeUrl, edgeTlsUrl, adminUrl } = gateway;
    output.result({ event: 'started', edgeUrl, edgeTlsUrl, adminUrl }, tellStarted(gateway));
    return { ended: servers.failed, stop };
  }, output.progress);
}

/** Undefined: as configured, or as is usual. */
function logFormatFor(
  environment: Environment,
  { json }: { readonly json?: boolean },
): 'json' | 'pretty' | undefined {
  if (json) return 'json';
  return process.stdout.isTTY && !environment['GATEWAY_LOG_FORMAT'] ? 'pretty' : undefined;
}

function tellAdministrator(clientId: string, clientSecret: string): string {
  return [
    '',
    'The first administrator. The secret is shown only now; keep it:',
    `  client id      ${clientId}`,
    `  client secret  ${clientSecret}`,
    'A token for it, once the gateway runs:',
    `  GATEWAY_CLIENT_SECRET=<client secret> npx cloud-gateway token --client-id ${clientId}`,
    '',
  ].join('\n');
}

function tellStarted({ edgeUrl, edgeTlsUrl, adminUrl }: Gateway): string {
  return [
    'Cloud Gateway is running. Ctrl-C stops it.',
    ...(edgeUrl ? [`  API    ${edgeUrl}`, `  docs   ${edgeUrl}/docs`] : []),
    ...(edgeTlsUrl ? [`  HTTPS  ${edgeTlsUrl}`] : []),
    `  admin  ${adminUrl}/readyz`,
  ].join('\n');
}

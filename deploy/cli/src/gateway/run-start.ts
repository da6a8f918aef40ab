// `cloud-gateway start`: everything that was asked for, until a signal.
import { type Environment, readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { createOutput } from '../output/output.ts';
import { cliConfigSchema } from './cli-settings.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { type ServiceName, serviceNames } from './service-names.ts';
import { startEverything } from './start-everything.ts';
import type { Gateway } from './start-gateway.ts';

export async function runStart(named: readonly ServiceName[], options: { json?: boolean }): Promise<void> {
  // Standard output belongs to the log: what a person is told goes beside it, unless a program wants it all.
  const output = createOutput(options, {
    stdout: options.json ? process.stdout : process.stderr,
    stderr: process.stderr,
  });
  const environment = readEnvironment();
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, environment);
  const logFormat = logFormatFor(environment, options);
  await runUntilSignal(async (aborted) => {
    const { gateway, servers, logFile, stop } = await startEverything({
      environment,
      dataDir,
      services: named.length > 0 ? serviceNames.filter((name) => named.includes(name)) : serviceNames,
      logTo: [{ destination: process.stdout, format: logFormat }],
      report: (message) => output.progress(`  ${message}`),
      onAdministrator: ({ clientId, clientSecret }) =>
        output.result(
          { event: 'administrator-created', clientId, clientSecret },
          tellAdministrator(clientId, clientSecret),
        ),
      aborted,
    });
    const { edgeUrl, edgeTlsUrl, proxyUrl, adminUrl } = gateway;
    output.result(
      { event: 'started', edgeUrl, edgeTlsUrl, proxyUrl, adminUrl, logFile },
      tellStarted(gateway, logFile),
    );
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

function tellStarted(
  { edgeUrl, edgeTlsUrl, proxyUrl, adminUrl }: Gateway,
  logFile: string | undefined,
): string {
  return [
    'Cloud Gateway is running. Ctrl-C stops it.',
    ...(edgeUrl ? [`  API    ${edgeUrl}`, `  docs   ${edgeUrl}/docs`] : []),
    ...(edgeTlsUrl ? [`  HTTPS  ${edgeTlsUrl}`] : []),
    ...(proxyUrl ? [`  proxy  ${proxyUrl}`] : []),
    `  admin  ${adminUrl}/readyz`,
    ...(logFile ? [`  log    ${logFile}`] : []),
  ].join('\n');
}

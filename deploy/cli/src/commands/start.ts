import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { type Command, InvalidArgumentError } from 'commander';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { runUntilSignal } from '../gateway/run-until-signal.ts';
import { type ServiceName, serviceNames } from '../gateway/services.ts';
import { startEverything } from '../gateway/start-everything.ts';
import { createOutput } from '../output/output.ts';

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the gateway: all services, or those named; private servers where none are configured')
    .argument('[service...]', `of ${serviceNames.join(', ')}`, collectService, [])
    .option('--json', 'one JSON object a line')
    .action(async (named: ServiceName[], options: { json?: boolean }) => {
      const output = createOutput({
        json: options.json ?? false,
        stdout: process.stdout,
        stderr: process.stderr,
      });
      const environment = readEnvironment();
      const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, environment);
      await runUntilSignal(async () => {
        const running = await startEverything({
          environment,
          dataDir,
          services: named.length > 0 ? serviceNames.filter((name) => named.includes(name)) : serviceNames,
          report: (message) => output.progress(`  ${message}`),
        });
        const { gateway } = running;
        if (gateway.administrator) {
          const { clientId, clientSecret } = gateway.administrator;
          output.result(
            { event: 'administrator-created', clientId, clientSecret },
            `\nThe first administrator. This secret is shown only now; keep it:\n  client id      ${clientId}\n  client secret  ${clientSecret}\n`,
          );
        }
        output.result(
          {
            event: 'started',
            edgeUrl: gateway.edgeUrl,
            edgeTlsUrl: gateway.edgeTlsUrl,
            adminUrl: gateway.adminUrl,
          },
          [
            'Cloud Gateway is running. Ctrl-C stops it.',
            ...(gateway.edgeUrl ? [`  API    ${gateway.edgeUrl}`, `  docs   ${gateway.edgeUrl}/docs`] : []),
            ...(gateway.edgeTlsUrl ? [`  HTTPS  ${gateway.edgeTlsUrl}`] : []),
            `  admin  ${gateway.adminUrl}/readyz`,
          ].join('\n'),
        );
        return running;
      });
    });
}

function collectService(value: string, before: ServiceName[]): ServiceName[] {
  const name = serviceNames.find((known) => known === value);
  if (!name)
    throw new InvalidArgumentError(`There is no service "${value}"; there are ${serviceNames.join(', ')}.`);
  return [...before, name];
}

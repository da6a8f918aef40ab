import { Argument, type Command } from 'commander';
import { type ServiceName, serviceNames } from '../gateway/service-names.ts';

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
    .action(async (named: ServiceName[], options: { json?: boolean }) => {
      // Loaded when it is wanted: the clouds' SDKs take a second, for which no other command should wait.
      const { runStart } = await import('../gateway/run-start.ts');
      await runStart(named, options);
    });
}

import { Command } from 'commander';
import { addCaCommand } from './commands/ca.ts';
import { addClientCommands } from './commands/client.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addConfigCommand } from './commands/config.ts';
import { addDeadLetterCommands } from './commands/dead-letters.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addEventsCommand } from './commands/events.ts';
import { addMasterKeyCommands } from './commands/master-key.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addPollingCommand } from './commands/polling.ts';
import { addRefreshCommand } from './commands/refresh.ts';
import { addResourceCommands } from './commands/resources/resources.ts';
import { addStartCommand } from './commands/start.ts';
import { addStatusCommand } from './commands/status.ts';
import { addSubscriptionCommands } from './commands/subscriptions.ts';
import { addTokenCommand } from './commands/token.ts';
import { addTraceCommand } from './commands/trace.ts';

/** Every command of the program; each file of commands/ adds its own. */
export function buildProgram(): Command {
  const program = new Command('cloud-gateway')
    .description('One common interface to many clouds.')
    .version('0.1.0')
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', '\nEvery setting is an environment variable: `cloud-gateway config` lists them.');
  addDemoCommand(program);
  addStartCommand(program);
  addStatusCommand(program);
  addMigrateCommand(program);
  addClientCommands(program);
  addTokenCommand(program);
  addCaCommand(program);
  addResourceCommands(program);
  addEventsCommand(program);
  addSubscriptionCommands(program);
  addPollingCommand(program);
  addRefreshCommand(program);
  addTraceCommand(program);
  addDeadLetterCommands(program);
  addMasterKeyCommands(program);
  addConfigCommand(program);
  addCompletionCommand(program);
  return program;
}

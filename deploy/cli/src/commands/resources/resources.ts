import type { Command } from 'commander';
import { addCreateCommand } from './create.ts';
import { addDestroyCommand } from './destroy.ts';
import { addHistoryCommand } from './history.ts';
import { addInstanceActionCommands } from './instance-actions.ts';
import { addLaunchCommand } from './launch.ts';
import { addListCommand } from './list.ts';
import { addShowCommand } from './show.ts';
import { addTypesCommand } from './types.ts';
import { addUpdateCommand } from './update.ts';

/** Works on what is in the clouds, as a client of the gateway. */
export function addResourceCommands(program: Command): void {
  const resources = program
    .command('resources')
    .description('instances, volumes, networks and all the rest: list, show, create, change, destroy')
    .addHelpText(
      'after',
      '\nWho you are: GATEWAY_CLIENT_ID and GATEWAY_CLIENT_SECRET, or GATEWAY_TOKEN. Where: --url, GATEWAY_URL, or the gateway that runs here.',
    );
  addTypesCommand(resources);
  addListCommand(resources);
  addShowCommand(resources);
  addHistoryCommand(resources);
  addLaunchCommand(resources);
  addCreateCommand(resources);
  addUpdateCommand(resources);
  addDestroyCommand(resources);
  addInstanceActionCommands(resources);
}

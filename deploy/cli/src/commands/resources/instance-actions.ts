import { type InstanceAction, instanceActions } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { addPlaceOptions } from './place-options.ts';
import { addWriteOptions, runWrite, type WriteOptions } from './write-options.ts';

/** `start`, `stop` and the others, one command each. */
export function addInstanceActionCommands(resources: Command): void {
  for (const action of instanceActions) {
    const command = resources
      .command(action)
      .description(`${action} an instance`)
      .argument('<id>', "the cloud's own id, or the gateway's");
    addPlaceOptions(addWriteOptions(command)).action((id: string, options: WriteOptions) =>
      runAction(action, id, options),
    );
  }
}

async function runAction(action: InstanceAction, id: string, options: WriteOptions): Promise<void> {
  await runWrite(options, { route: `instance-${action}`, id, query: { region: options.region } });
}

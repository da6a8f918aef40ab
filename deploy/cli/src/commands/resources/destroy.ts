import { destroyableTypes, type ResourceType } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { addPlaceOptions, typeArgument } from './place-options.ts';
import { addWriteOptions, runWrite, type WriteOptions } from './write-options.ts';

interface DestroyOptions extends WriteOptions {
  readonly force?: boolean;
}

export function addDestroyCommand(resources: Command): void {
  const command = resources
    .command('destroy')
    .description('destroy a resource; an instance is terminated')
    .addArgument(typeArgument(destroyableTypes))
    .argument('<id>', "the cloud's own id, or the gateway's")
    .option('--force', 'without waiting for an instance to let go of it');
  addPlaceOptions(addWriteOptions(command)).action(runDestroy);
}

async function runDestroy(type: ResourceType, id: string, options: DestroyOptions): Promise<void> {
  await runWrite(options, {
    route: `${type}-destroy`,
    id,
    query: { region: options.region, ...(options.force && { force: true }) },
  });
}

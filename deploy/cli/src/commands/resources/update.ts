import { type ResourceType, updatableTypes } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { readBody } from '../../resources/read-body.ts';
import { repeated } from '../repeated.ts';
import { addPlaceOptions, typeArgument } from './place-options.ts';
import { tagsOf } from './tags-of.ts';
import { whereFieldsAre } from './where-fields-are.ts';
import { addWriteOptions, runWrite, type WriteOptions } from './write-options.ts';

interface UpdateOptions extends WriteOptions {
  readonly body?: string;
  readonly name?: string;
  readonly tag?: readonly string[];
  readonly removeTag?: readonly string[];
}

export function addUpdateCommand(resources: Command): void {
  const command = resources
    .command('update')
    .description('change a resource; only what is named changes')
    .addArgument(typeArgument(updatableTypes))
    .argument('<id>', "the cloud's own id, or the gateway's")
    .option('--body <json>', 'the fields to change: JSON, @<file>, or - for standard input')
    .option('--name <name>', 'its new name')
    .option('--tag <key=value>', 'a tag to set, repeat it for more; the others stay', repeated)
    .option('--remove-tag <key>', 'a tag to remove; repeat it for more', repeated)
    .addHelpText('after', whereFieldsAre);
  addPlaceOptions(addWriteOptions(command)).action(runUpdate);
}

async function runUpdate(type: ResourceType, id: string, options: UpdateOptions): Promise<void> {
  const given = options.body === undefined ? {} : await readBody(options.body);
  const tags = {
    ...tagsOf(options.tag ?? []),
    ...Object.fromEntries((options.removeTag ?? []).map((key) => [key, null])),
  };
  const body = {
    ...given,
    ...(options.name !== undefined && { name: options.name }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
  await runWrite(options, {
    route: `${type}-update`,
    id,
    query: { region: options.region },
    body: () => Promise.resolve(body),
  });
}

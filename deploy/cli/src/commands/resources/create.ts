import type { GatewayClient } from '@cloud-gateway/client';
import { creatableTypes, type ResourceType } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import type { Place } from '../../client/choose-account.ts';
import { readBody } from '../../resources/read-body.ts';
import { repeated } from '../repeated.ts';
import { addPlaceOptions, typeArgument } from './place-options.ts';
import { tagsOf } from './tags-of.ts';
import { whereFieldsAre } from './where-fields-are.ts';
import { addWriteOptions, runWrite, type WriteOptions } from './write-options.ts';

export interface CreateOptions extends WriteOptions {
  readonly body?: string;
  readonly name?: string;
  readonly tag?: readonly string[];
}

export function addCreateCommand(resources: Command): void {
  const command = resources
    .command('create')
    .description('create a resource')
    .addArgument(typeArgument(creatableTypes))
    .addHelpText('after', whereFieldsAre);
  addCreateOptions(command).action((type: ResourceType, options: CreateOptions) =>
    runCreate(type, options, {}),
  );
}

/** `--region`, `--name` and `--tag` are fields of every type; the others come in the body. */
export function addCreateOptions(command: Command): Command {
  command
    .option('--body <json>', 'its fields: JSON, @<file>, or - for standard input; options go over it')
    .option('--region <region>', 'where; without: the only region of the cloud')
    .option('--name <name>', 'its name')
    .option('--tag <key=value>', 'a tag of it; repeat it for more', repeated);
  return addPlaceOptions(addWriteOptions(command, { creates: true }));
}

/** `fields`: what other options say; what is undefined is not sent. */
export async function runCreate(
  type: ResourceType,
  options: CreateOptions,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const given = options.body === undefined ? {} : await readBody(options.body);
  await runWrite(options, {
    route: `${type}-create`,
    body: async (client, place) => ({
      ...given,
      ...fields,
      ...(options.name !== undefined && { name: options.name }),
      ...(options.tag && { tags: tagsOf(options.tag) }),
      region: options.region ?? given['region'] ?? (await onlyRegionOf(client, place)),
    }),
  });
}

async function onlyRegionOf(client: GatewayClient, { cloud }: Place): Promise<string> {
  const { regions } = await client.call('cloud-show', { params: { cloud } });
  const [only] = regions;
  if (only && regions.length === 1) return only;
  throw new Error(`Say where with --region: ${regions.join(', ')}.`);
}

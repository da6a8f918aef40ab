import { resourceTypes } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { openClient } from '../../client/open-client.ts';
import { useClient } from '../../client/use-client.ts';
import { createOutput } from '../../output/output.ts';
import { table } from '../../output/table.ts';
import { terminalWidth } from '../../output/terminal-width.ts';
import { gatewayUrl } from '../gateway-url.ts';

interface TypesOptions {
  readonly cloud?: string;
  readonly url?: string;
  readonly json?: boolean;
}

interface TypeRow {
  readonly type: string;
  readonly collection: string;
  readonly calls: readonly string[];
  readonly states: readonly string[];
}

export function addTypesCommand(resources: Command): void {
  resources
    .command('types')
    .description('list the types of resource, their calls and their states')
    .option('--cloud <cloud>', 'what this cloud can do; without: what any cloud can')
    .option('--url <url>', 'the gateway to ask about the cloud', gatewayUrl)
    .option('--json', 'one JSON object a line')
    .action(runTypes);
}

async function runTypes(options: TypesOptions): Promise<void> {
  const types = options.cloud ? await typesOf(options.cloud, options) : everyType();
  const rows = types.map(({ type, calls, states }) => [type, calls.join(' '), states.join(' ')]);
  createOutput(options).results(
    types,
    table([['type', 'calls', 'states'], ...rows], { width: terminalWidth() }),
  );
}

function everyType(): TypeRow[] {
  return Object.entries(resourceTypes).map(([type, { collection, calls, states }]) => ({
    type,
    collection,
    calls,
    states,
  }));
}

async function typesOf(cloud: string, options: TypesOptions): Promise<TypeRow[]> {
  const { resources } = await useClient(openClient(options), (client) =>
    client.call('cloud-show', { params: { cloud } }),
  );
  return resources.map(({ type, collection, calls, states }) => ({
    type,
    collection,
    calls,
    states: states.map(({ state }) => state),
  }));
}

import type { GatewayClient } from '@cloud-gateway/client';
import { systemClock } from '@cloud-gateway/clock';
import { type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { createOutput } from '../../output/output.ts';
import { terminalWidth } from '../../output/terminal-width.ts';
import { type ListedResource, resourceTable } from '../../resources/resource-table.ts';
import { repeated } from '../repeated.ts';
import { wholeNumber } from '../whole-number.ts';
import { addPlaceOptions, atPlace, type PlaceOptions, typeArgument } from './place-options.ts';

interface ListOptions extends PlaceOptions {
  readonly region?: string;
  readonly state?: string;
  readonly name?: string;
  readonly tag?: readonly string[];
  readonly sort?: string;
  readonly at?: string;
  readonly limit?: number;
}

export function addListCommand(resources: Command): void {
  const command = resources
    .command('list')
    .description('list resources as the gateway knows them')
    .addArgument(typeArgument())
    .option('--region <region>', 'only there')
    .option('--state <state>', 'only in this state')
    .option('--name <name>', 'only with this name')
    .option('--tag <key=value>', 'only with this tag; repeat it, and all must fit', repeated)
    .option('--sort <field>', 'cloudId, name, state or updatedAt; with a minus sign in front downwards')
    .option('--at <time>', 'what was known at that time, for example 2026-01-31T12:00:00Z')
    .option('--limit <n>', 'how many at the most', wholeNumber({ min: 1, max: 1_000_000 }));
  addPlaceOptions(command).action(runList);
}

async function runList(type: ResourceType, options: ListOptions): Promise<void> {
  const output = createOutput(options);
  const rows: ListedResource[] = [];
  const { stale, more } = await atPlace(options, (client, params) =>
    eachPage({ client, type, params, options }, (items) => {
      if (!options.json) rows.push(...items);
      else for (const item of items) output.result(item, '');
    }),
  );
  if (options.json) return;
  output.results(
    [],
    rows.length > 0
      ? resourceTable(type, rows, { nowMs: systemClock.nowMs(), width: terminalWidth() })
      : `There are no ${resourceTypes[type].collection.replaceAll('-', ' ')} that fit.`,
  );
  if (more) output.progress(`There are more; --limit ${options.limit} ended it here.`);
  if (stale)
    output.progress('The last attempts to list them failed, or none was made: what is shown may be old.');
}

interface Page {
  readonly items: ListedResource[];
  readonly nextCursor: string | null;
  readonly stale: boolean;
}

interface Listing {
  readonly client: GatewayClient;
  readonly type: ResourceType;
  readonly params: { readonly cloud: string; readonly account: string };
  readonly options: ListOptions;
}

/** Page by page, so that a list of any length is printed as it comes. */
async function eachPage(
  { client, type, params: { cloud, account }, options }: Listing,
  onItems: (items: ListedResource[]) => void,
): Promise<{ stale: boolean; more: boolean }> {
  const { region, state, name, tag, sort, at, limit = Number.POSITIVE_INFINITY } = options;
  let count = 0;
  let cursor: string | undefined;
  for (;;) {
    const { body } = await client.sendAny(`${type}-list`, {
      params: { cloud, account },
      query: { region, state, name, tag, sort, at, cursor, limit: Math.min(500, limit - count) },
    });
    const { items, nextCursor, stale } = body as Page;
    onItems(items);
    count += items.length;
    if (nextCursor === null || count >= limit) return { stale, more: nextCursor !== null };
    cursor = nextCursor;
  }
}

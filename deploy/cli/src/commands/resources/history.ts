import type { ResourceType } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { createOutput } from '../../output/output.ts';
import { table } from '../../output/table.ts';
import { terminalWidth } from '../../output/terminal-width.ts';
import { wholeNumber } from '../whole-number.ts';
import { addPlaceOptions, atPlace, type PlaceOptions, typeArgument } from './place-options.ts';

interface HistoryOptions extends PlaceOptions {
  readonly region?: string;
  readonly limit: number;
}

interface Revision {
  readonly revision: number;
  readonly change: string;
  readonly state: string;
  readonly changedFields: readonly string[];
  readonly validFrom: string;
  readonly cause: { readonly kind: string; readonly id: string };
}

export function addHistoryCommand(resources: Command): void {
  const command = resources
    .command('history')
    .description('show what has become of one resource, newest first')
    .addArgument(typeArgument())
    .argument('<id>', "the cloud's own id, or the gateway's")
    .option('--region <region>', 'where the cloud uses the same id in several regions')
    .option('--limit <n>', 'how many revisions at the most', wholeNumber({ min: 1, max: 1_000 }), 100);
  addPlaceOptions(command).action(runHistory);
}

async function runHistory(type: ResourceType, id: string, options: HistoryOptions): Promise<void> {
  const { region, limit } = options;
  const { body } = await atPlace(options, (client, place) =>
    client.sendAny(`${type}-history`, { params: { ...place, id }, query: { region, limit } }),
  );
  const { items } = body as { items: readonly Revision[] };
  const rows = items.map(({ revision, validFrom, change, state, cause, changedFields }) => [
    String(revision),
    validFrom,
    change,
    state,
    `${cause.kind} ${cause.id}`,
    changedFields.join(' '),
  ]);
  createOutput(options).results(
    items,
    table([['revision', 'since', 'change', 'state', 'cause', 'changed'], ...rows], {
      width: terminalWidth(),
    }),
  );
}

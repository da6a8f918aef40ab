import type { ResourceType } from '@cloud-gateway/contracts';
import type { Command } from 'commander';
import { createOutput } from '../../output/output.ts';
import { describeResource } from '../../resources/describe-resource.ts';
import { addPlaceOptions, atPlace, type PlaceOptions, typeArgument } from './place-options.ts';

interface ShowOptions extends PlaceOptions {
  readonly region?: string;
  readonly at?: string;
}

export function addShowCommand(resources: Command): void {
  const command = resources
    .command('show')
    .description('show one resource, with all that is known of it')
    .addArgument(typeArgument())
    .argument('<id>', "the cloud's own id, or the gateway's")
    .option('--region <region>', 'where the cloud uses the same id in several regions')
    .option('--at <time>', 'what was known at that time');
  addPlaceOptions(command).action(runShow);
}

async function runShow(type: ResourceType, id: string, options: ShowOptions): Promise<void> {
  const { region, at } = options;
  const { headers, body } = await atPlace(options, (client, place) =>
    client.sendAny(`${type}-show`, { params: { ...place, id }, query: { region, at } }),
  );
  const document = body as Readonly<Record<string, unknown>>;
  createOutput(options).result(document, describeResource({ ...document, etag: headers['etag'] }));
}

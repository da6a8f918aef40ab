// What every command about resources takes: which gateway, which account, how to print.
import type { GatewayClient } from '@cloud-gateway/client';
import { allResourceTypes, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { chooseAccount, type Place } from '../../client/choose-account.ts';
import { openClient } from '../../client/open-client.ts';
import { useClient } from '../../client/use-client.ts';
import { resourceTypeNamed } from '../../resources/resource-type-named.ts';
import { addUrlAndJson, type UrlAndJson } from '../url-and-json.ts';

export interface PlaceOptions extends UrlAndJson {
  readonly account?: string;
  readonly cloud?: string;
}

export function addPlaceOptions(command: Command): Command {
  command
    .option('--account <account>', 'for example ec2-123456789012; without: the only one that you have proven')
    .option('--cloud <cloud>', 'without: that of the account');
  return addUrlAndJson(command);
}

/** Calls the gateway about the account that the options mean. */
export function atPlace<Result>(
  options: PlaceOptions,
  use: (client: GatewayClient, place: Place) => Promise<Result>,
): Promise<Result> {
  return useClient(openClient(options), async (client) => use(client, await chooseAccount(client, options)));
}

/** `<type>`, in the singular or as its collection is called. */
export function typeArgument(types: readonly ResourceType[] = allResourceTypes): Argument {
  return new Argument('<type>', 'for example instance, or instances').choices(types).argParser((text) => {
    const type = resourceTypeNamed(text);
    if (type && types.includes(type)) return type;
    const names = types.map((known) => resourceTypes[known].collection).join(', ');
    throw new InvalidArgumentError(`Allowed are ${names}.`);
  });
}

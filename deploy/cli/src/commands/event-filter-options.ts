// Which events: the options that `events` and `subscriptions create` share.
import type { EventsOptions } from '@cloud-gateway/client';
import { allResourceTypes, type EventKind, eventKinds, type ResourceType } from '@cloud-gateway/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { resourceTypeNamed } from '../resources/resource-type-named.ts';
import { repeated } from './repeated.ts';

export interface EventFilterOptions {
  readonly account?: readonly string[];
  readonly type?: readonly ResourceType[];
  readonly change?: readonly EventKind[];
  readonly state?: readonly string[];
  readonly region?: readonly string[];
  readonly administration?: boolean;
  readonly from?: From;
}

/** A time (RFC 3339), or the sequence of an account. */
type From = { readonly time: string } | { readonly sequence: number };

export function addEventFilterOptions(command: Command): Command {
  return command
    .option(
      '--account <account>',
      'only of this one, repeat it for more; without: all that you have proven',
      repeated,
    )
    .addOption(
      new Option('--type <type>', 'only of this type').choices(allResourceTypes).argParser(typeParser),
    )
    .addOption(
      new Option('--change <kind>', 'only this kind of change').choices(eventKinds).argParser(kindParser),
    )
    .option('--state <state>', 'only into this state', repeated)
    .option('--region <region>', 'only there', repeated)
    .option('--administration', 'events about the gateway too')
    .option(
      '--from <sequence|time>',
      'stored events first: those after this time, or after this sequence of the account',
      parseFrom,
    );
}

/** The filter as the gateway takes it. Throws an Error when a sequence has no account to belong to. */
export function eventFilterOf(
  options: EventFilterOptions,
): Pick<EventsOptions, 'accounts' | 'types' | 'changes' | 'states' | 'regions' | 'administration' | 'from'> {
  const { account, type, change, state, region, administration, from } = options;
  return {
    ...(account && { accounts: [...account] }),
    ...(type && { types: [...type] }),
    ...(change && { changes: [...change] }),
    ...(state && { states: [...state] }),
    ...(region && { regions: [...region] }),
    ...(administration && { administration }),
    ...(from && { from: fromOf(from, account) }),
  };
}

function fromOf(from: From, accounts: readonly string[] = []): NonNullable<EventsOptions['from']> {
  if ('time' in from) return from;
  const [account] = accounts;
  if (account && accounts.length === 1) return { sequences: { [account]: from.sequence } };
  throw new Error('A sequence belongs to one account: name it with --account, or give a time to --from.');
}

function parseFrom(text: string): From {
  if (/^\d{1,15}$/.test(text)) return { sequence: Number(text) };
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return { time: new Date(ms).toISOString() };
  throw new InvalidArgumentError(
    'It must be a sequence such as 120, or a time such as 2026-01-31T12:00:00Z.',
  );
}

function typeParser(text: string, before: readonly ResourceType[] = []): readonly ResourceType[] {
  const type = resourceTypeNamed(text);
  if (type) return [...before, type];
  throw new InvalidArgumentError(`Allowed choices are ${allResourceTypes.join(', ')}.`);
}

function kindParser(text: string, before: readonly EventKind[] = []): readonly EventKind[] {
  const kind = eventKinds.find((known) => known === text);
  if (kind) return [...before, kind];
  throw new InvalidArgumentError(`Allowed choices are ${eventKinds.join(', ')}.`);
}

import {
  administrativeSubjects,
  type ChangeKind,
  type EventFamily,
  type ListingKind,
  type OutgoingEvent,
} from '@cloud-gateway/contracts';
import { generatedFrom } from './generated-from.ts';
import { markdownTable } from './markdown-table.ts';

const meanings: Readonly<Record<ChangeKind | ListingKind, string>> = {
  discovered: 'It is seen for the first time, or again after it was deleted',
  updated: 'Something other than its state has changed: `changedFields`',
  state: 'Its state has changed: `oldState`, `newState`',
  deleted: 'It is gone; `body` is the last one',
  published:
    'The account has made it public: it is gone here, and kept once for everybody under `<cloud>-public`',
  shared: 'Another account lets this one use it',
  unshared: 'That account does so no more, or has deleted it: it is gone here',
  stale: 'A listing fails again and again, or is denied: what is known of this type there grows old',
  current: 'That listing succeeds again',
};

/** What there is to hear of, with a link to the sample of each. */
export function eventKindsPage(samples: ReadonlyMap<string, OutgoingEvent>): string {
  return `${generatedFrom('libs/contracts/src/events and deploy/cli/src/reference')}

# Kinds of events

[events.md](../events.md) is the contract. A sample is the whole message: routing key, AMQP properties, payload.

${section('Resources', 'resource', ['discovered', 'updated', 'state', 'deleted', 'published', 'shared', 'unshared'], samples)}

${section('Listings', 'listing', ['stale', 'current'], samples)}

${section('The gateway itself', 'administrative', Object.keys(administrativeSubjects), samples)}
`;
}

function section(
  title: string,
  family: EventFamily,
  kinds: readonly string[],
  samples: ReadonlyMap<string, OutgoingEvent>,
): string {
  const rows = kinds.map((kind) => [
    `[\`${kind}\`](samples/${kind}.json)`,
    meaningOf(kind),
    `\`${samples.get(kind)?.routingKey}\``,
  ]);
  const schema = `Schema: [${family}-event.schema.json](${family}-event.schema.json).`;
  return `## ${title}\n\n${schema}\n\n${markdownTable(['kind', 'what has happened', 'a routing key'], rows)}`;
}

function meaningOf(kind: string): string {
  const all: Readonly<Record<string, string>> = { ...meanings, ...administrativeSubjects };
  const meaning = all[kind];
  if (meaning === undefined) throw new Error(`nobody says what ${kind} means`);
  return meaning;
}

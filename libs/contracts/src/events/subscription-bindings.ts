// Which events a subscription gets, as patterns for the topic exchange `gateway.events`; and the same patterns without a
// broker, for events that are in the store. Pure.
import type { ResourceType } from '../resources/resource-types.ts';
import type { EventKind } from './any-event.ts';
import { eventWord } from './event-routing-key.ts';

/** Undefined: all of them. */
export interface EventFilter {
  readonly types?: readonly ResourceType[] | undefined;
  readonly changes?: readonly EventKind[] | undefined;
  readonly states?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
}

/** The patterns of one account's resources and listings: one for each combination. */
export function accountBindings(
  { id, cloud }: { readonly id: string; readonly cloud: string },
  filter: EventFilter,
): string[] {
  return combinations([
    ['v1'],
    // Not `*`: what the gateway tells about itself and this account has a word of its own here.
    [cloud],
    [id],
    filter.regions?.map(eventWord) ?? ['*'],
    filter.types ?? ['*'],
    filter.changes ?? ['*'],
    filter.states ?? ['*'],
  ]).map((words) => words.join('.'));
}

/** The patterns of events about the gateway itself: scopes are accounts, organizations, or `gateway`. */
export function administrativeBindings(scopes: readonly string[]): string[] {
  return scopes.map((scope) => `v1.gateway.${eventWord(scope)}.#`);
}

/** As the broker matches: `*` is one word, `#` at the end is any number of words. */
export function matchesBinding(pattern: string, routingKey: string): boolean {
  const wanted = pattern.split('.');
  const words = routingKey.split('.');
  if (wanted.at(-1) === '#') return matchesWords(wanted.slice(0, -1), words.slice(0, wanted.length - 1));
  return wanted.length === words.length && matchesWords(wanted, words);
}

function matchesWords(wanted: readonly string[], words: readonly string[]): boolean {
  return wanted.every((want, index) => words[index] !== undefined && (want === '*' || want === words[index]));
}

function combinations(choices: readonly (readonly string[])[]): string[][] {
  return choices.reduce<string[][]>(
    (before, words) => before.flatMap((row) => words.map((word) => [...row, word])),
    [[]],
  );
}

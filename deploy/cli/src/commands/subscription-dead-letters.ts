// What a webhook has not taken: to look at, and to post again. Those of a queue are in its dead-letter queue.
import type { GatewayClient, ItemOf } from '@cloud-gateway/client';
import type { Command } from 'commander';
import { openClient } from '../client/open-client.ts';
import { useClient } from '../client/use-client.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import { addUrlAndJson, type UrlAndJson } from './url-and-json.ts';

export function addSubscriptionDeadLetterCommands(subscriptions: Command): void {
  addUrlAndJson(
    subscriptions
      .command('dead-letters')
      .description('list the events that a webhook has not taken, oldest first')
      .argument('<subscription>', 'its id'),
  ).action(runList);
  addUrlAndJson(
    subscriptions
      .command('redeliver')
      .description('post them again, behind the other events of the webhook')
      .argument('<subscription>', 'its id')
      .argument('[dead-letter...]', 'which ones; without: all'),
  ).action(runRedeliver);
}

async function runList(subscription: string, options: UrlAndJson): Promise<void> {
  const letters = await useClient(openClient(options), (client) => listAll(client, subscription));
  const rows = letters.map(({ id, at, attempts, lastStatus, lastError, eventId }) => [
    ...[id, at, String(attempts), String(lastStatus ?? 'none'), eventId],
    lastError,
  ]);
  const head = ['dead letter', 'since', 'attempts', 'answer', 'event', 'reason'];
  createOutput(options).results(
    letters,
    rows.length > 0
      ? table([head, ...rows], { width: terminalWidth() })
      : `${subscription} has no dead letters.`,
  );
}

async function runRedeliver(
  subscription: string,
  deadLetters: readonly string[],
  options: UrlAndJson,
): Promise<void> {
  const redelivered = await useClient(openClient(options), async (client) => {
    const ids =
      deadLetters.length > 0 ? deadLetters : (await listAll(client, subscription)).map(({ id }) => id);
    for (const deadLetter of ids)
      await client.call('dead-letter-redeliver', { params: { subscription, deadLetter } });
    return ids;
  });
  createOutput(options).results(
    redelivered.map((id) => ({ redelivered: id })),
    redelivered.length > 0
      ? `Posted again: ${redelivered.join(', ')}.`
      : `${subscription} has no dead letters.`,
  );
}

async function listAll(client: GatewayClient, subscription: string): Promise<ItemOf<'dead-letter-list'>[]> {
  const letters: ItemOf<'dead-letter-list'>[] = [];
  for await (const letter of client.each('dead-letter-list', { params: { subscription } }))
    letters.push(letter);
  return letters;
}

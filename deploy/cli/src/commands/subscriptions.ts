import type { GatewayClient, Subscription } from '@cloud-gateway/client';
import type { Command } from 'commander';
import { openClient } from '../client/open-client.ts';
import { useClient } from '../client/use-client.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import { describeResource } from '../resources/describe-resource.ts';
import { addEventFilterOptions, type EventFilterOptions, eventFilterOf } from './event-filter-options.ts';
import { addSubscriptionDeadLetterCommands } from './subscription-dead-letters.ts';
import { addUrlAndJson, type UrlAndJson } from './url-and-json.ts';
import { wholeNumber } from './whole-number.ts';

interface CreateOptions extends UrlAndJson, EventFilterOptions {
  readonly name?: string;
  readonly stream?: boolean;
  readonly webhook?: string;
  readonly length?: number;
  readonly age?: number;
}

export function addSubscriptionCommands(program: Command): void {
  const subscriptions = program
    .command('subscriptions')
    .description('queues, streams and webhooks that events are delivered to');
  addUrlAndJson(subscriptions.command('list').description('list yours, and how they fare')).action(runList);
  addUrlAndJson(
    subscriptions
      .command('show')
      .description('show one: its filter, how to connect, its lag, what it has lost')
      .argument('<subscription>', 'its id'),
  ).action(runShow);
  const create = subscriptions
    .command('create')
    .description('make one that stays; without --stream and --webhook it is a queue')
    .option('--name <name>', 'what it is for')
    .option('--stream', 'a stream, which can be read again from any offset')
    .option('--webhook <url>', 'events are posted there')
    .option('--length <n>', 'events that may wait', wholeNumber({ min: 1, max: 1_000_000 }))
    .option('--age <seconds>', 'how long an event may wait', wholeNumber({ min: 10, max: 2_592_000 }));
  addUrlAndJson(addEventFilterOptions(create)).action(runCreate);
  addUrlAndJson(
    subscriptions
      .command('remove')
      .description('remove one, with all that waits in it')
      .argument('<subscription>', 'its id'),
  ).action(runRemove);
  addSubscriptionDeadLetterCommands(subscriptions);
}

function ask<Result>(options: UrlAndJson, use: (client: GatewayClient) => Promise<Result>): Promise<Result> {
  return useClient(openClient(options), use);
}

async function runList(options: UrlAndJson): Promise<void> {
  const items: Subscription[] = [];
  await ask(options, async (client) => {
    for await (const item of client.each('subscription-list', {})) items.push(item);
  });
  const rows = items.map(({ id, name, state, delivery, accounts, dropped, createdAt }) => [
    id,
    name ?? '',
    delivery.kind,
    state,
    String(accounts.filter(({ bound }) => bound).length),
    String(dropped.count),
    createdAt,
  ]);
  const head = ['id', 'name', 'kind', 'state', 'accounts', 'dropped', 'since'];
  createOutput(options).results(
    items,
    rows.length > 0 ? table([head, ...rows], { width: terminalWidth() }) : 'There are no subscriptions.',
  );
}

async function runShow(id: string, options: UrlAndJson): Promise<void> {
  const subscription = await ask(options, (client) =>
    client.call('subscription-show', { params: { subscription: id } }),
  );
  createOutput(options).result(subscription, describeResource(subscription));
}

async function runCreate(options: CreateOptions): Promise<void> {
  const { name } = options;
  const body = { ...eventFilterOf(options), ...(name && { name }), delivery: deliveryOf(options) };
  const made = await ask(options, (client) => client.call('subscription-create', { body }));
  const keep = made.signingSecret ? ['', 'The signing secret is shown only now; keep it.'] : [];
  createOutput(options).result(made, [describeResource(made), ...keep].join('\n'));
}

function deliveryOf({ stream, webhook, length, age }: CreateOptions) {
  if (stream && webhook) throw new Error('Choose --stream or --webhook.');
  if (stream && length !== undefined) throw new Error('A stream has no --length: only --age bounds it here.');
  const limits = {
    ...(length !== undefined && { lengthMax: length }),
    ...(age !== undefined && { ageMaxSeconds: age }),
  };
  if (webhook) return { kind: 'webhook' as const, url: webhook, ...limits };
  return stream ? { kind: 'stream' as const, ...limits } : { kind: 'queue' as const, ...limits };
}

async function runRemove(id: string, options: UrlAndJson): Promise<void> {
  await ask(options, (client) => client.call('subscription-destroy', { params: { subscription: id } }));
  createOutput(options).result({ removed: id }, `${id} is gone.`);
}

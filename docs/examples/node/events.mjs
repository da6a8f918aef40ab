// Subscribes to the events of an account and prints them as they come.
//   node events.mjs [--account <account>] [--type <type>] [--count <how many>] [--subscription <id>]
// After so many events it ends the subscription; without --count it reads for ever.
// Ended with Ctrl-C it leaves the subscription, and events wait in its queue: go on with --subscription.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openGateway, settingsFromEnvironment } from './gateway.mjs';

const { values: options } = parseArgs({
  options: {
    account: { type: 'string' },
    type: { type: 'string' },
    count: { type: 'string' },
    subscription: { type: 'string' },
  },
});
const settings = settingsFromEnvironment();
const countMax = Number(options.count ?? Number.POSITIVE_INFINITY);
const seen = new Set();
let id = options.subscription;
let pauseMs = 1_000;

while (seen.size < countMax) {
  let gateway;
  try {
    gateway = await openGateway(settings);
    id ??= await subscribe(gateway);
    pauseMs = 1_000;
    await follow(gateway);
    await gateway.call('DELETE', `/v1/subscriptions/${id}`);
  } catch (error) {
    // A request that is wrong stays wrong. Everything else passes: the broker restarts, the token expires.
    if (error.problem && !error.problem.retryable) throw error;
    console.error(`${error.message} Trying again.`);
    await sleep(pauseMs);
    pauseMs = Math.min(2 * pauseMs, 60_000);
  } finally {
    await gateway?.close();
  }
}

async function subscribe(gateway) {
  const { body } = await gateway.call('POST', '/v1/subscriptions', {
    body: {
      name: 'example',
      ...(options.account && { accounts: [options.account] }),
      ...(options.type && { types: [options.type] }),
    },
  });
  console.log(`subscribed: ${body.id}`);
  return body.id;
}

/** Resolves when enough events have come; rejects when the connection ends. */
async function follow(gateway) {
  const { body } = await gateway.call('GET', `/v1/subscriptions/${id}`);
  const { queue, prefetch, consumeArguments } = body.connect;
  const channel = await gateway.connection.createChannel();
  await channel.prefetch(prefetch);
  await new Promise((resolve, reject) => {
    channel.on('error', reject);
    gateway.connection.on('close', (error) => reject(error ?? new Error('The connection is closed.')));
    const onMessage = (message) => {
      if (message === null) return reject(new Error('The queue is gone.'));
      take(JSON.parse(message.content.toString()));
      channel.ack(message); // after the work: what is not acknowledged comes again
      if (seen.size >= countMax) resolve();
    };
    channel.consume(queue, onMessage, { arguments: consumeArguments }).catch(reject);
  });
}

/** An event may come twice, with the same id. A program that runs for long forgets the older ids. */
function take(event) {
  if (seen.has(event.id) || seen.size >= countMax) return;
  seen.add(event.id);
  if (event.subject === 'subscription.dropped') {
    for (const { account, syncFrom } of event.details.accounts) {
      console.log(`events were lost: ask GET /v1/sync?account=${account}&since=${syncFrom}`);
    }
  } else if (event.change) {
    const what = `${event.account} ${event.resourceType} ${event.cloudId ?? event.region}`;
    const states = new Set([event.oldState, event.newState].filter(Boolean));
    console.log(`${what} ${event.change} ${[...states].join(' -> ')}`);
  }
}

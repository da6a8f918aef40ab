// Stored events for a subscription that begins in the past: from the request, through the broker, to the last event in
// its queue. services/subscriptions is a process as it is delivered; the relay joins the subscription at the end.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RequestEnvelope, subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { findFreePort } from '@cloud-gateway/embedded';
import type { Requester } from '@cloud-gateway/messaging';
import { type Daemon, startDaemon } from '../../children/start-daemon.ts';
import { seedReader } from '../../read/world/seed-reader.ts';
import type { EventsOptions } from '../events-options.ts';
import { benchEvent } from '../world/bench-event.ts';
import { fillOutbox } from '../world/fill-outbox.ts';
import type { EventsWorld } from '../world/open-world.ts';
import { startCpuClocks } from './cpu-clocks.ts';
import type { MeasureDeps } from './measure-deps.ts';
import { allPublished } from './measure-relay.ts';
import type { Replay } from './sample.ts';

export async function measureReplay(options: EventsOptions, deps: MeasureDeps): Promise<Replay[]> {
  const { world, signal, say } = deps;
  const token = await seedReader(world.store);
  const service = await startSubscriptions(world);
  const range = world.nextRange(options.events);
  await world.queues.bindOnly(0, 'same');
  await fillOutbox(world.database, range);
  await allPublished(world, signal);
  const first = Date.parse(benchEvent(range.from).time);
  const replays: Replay[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    say(`Replay: round ${round} of ${options.rounds}`);
    const load = { round, events: options.events, fromMs: first - 1, token };
    replays.push(await replayOnce(world, service, load, signal));
  }
  return replays;
}

async function startSubscriptions(world: EventsWorld): Promise<Daemon> {
  const { servers, database, masterKey } = world;
  const port = await findFreePort();
  const main = import.meta.resolve('@cloud-gateway/subscriptions').replace(/index\.js$/, 'main.js');
  const service = await startDaemon({
    core: undefined,
    file: process.execPath,
    args: [fileURLToPath(main)],
    port,
    env: {
      GATEWAY_ADMIN_PORT: String(port),
      GATEWAY_DATABASE_URL: database.url,
      GATEWAY_AMQP_URL: servers.amqpUrl,
      GATEWAY_MASTER_KEY: masterKey,
      GATEWAY_LOG_LEVEL: 'warn',
    },
  });
  world.onEnd(service.stop);
  await becomeReady(`http://127.0.0.1:${port}/readyz`);
  return service;
}

/** It listens there before it can serve. */
async function becomeReady(url: string): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (!(await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok) {
    if (performance.now() > deadlineMs) throw new Error('services/subscriptions does not become ready');
    await delay(50);
  }
}

async function replayOnce(
  { servers, queues, requester }: EventsWorld,
  service: Daemon,
  load: { readonly round: number; readonly events: number; readonly fromMs: number; readonly token: string },
  signal: AbortSignal,
): Promise<Replay> {
  const { round, events, fromMs, token } = load;
  const body = {
    from: { time: new Date(fromMs).toISOString() },
    delivery: { kind: 'queue', lengthMax: 1_000_000 },
  };
  const startedMs = performance.now();
  const readClocks = startCpuClocks(servers, service.pid);
  const { id, connect } = subscriptionOf(await ask(requester, token, 'POST', '/v1/subscriptions', body));
  const deadlineMs = startedMs + longestMs;
  while ((await queues.depthOf(connect.queue)) < events) {
    signal.throwIfAborted();
    if (performance.now() > deadlineMs) throw new Error(`not all was replayed in ${longestMs} ms`);
    await delay(20);
  }
  const wallMs = performance.now() - startedMs;
  const { strangersCores } = readClocks();
  const depth = await queues.depthOf(connect.queue);
  if (depth !== events) throw new Error(`the queue holds ${depth} events, not ${events}`);
  await ask(requester, token, 'DELETE', `/v1/subscriptions/${id}`);
  return { round, events, eventsPerSecond: (events / wallMs) * 1_000, strangersCores };
}

const longestMs = 10 * 60_000;

async function ask(
  requester: Requester,
  token: string,
  method: RequestEnvelope['method'],
  path: string,
  body?: object,
): Promise<string> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': randomBytes(8).toString('hex'),
  };
  const envelope = { version: 1, method, path, query: '', headers, bodyEncoding: 'utf8' } as const;
  const text = body === undefined ? '' : JSON.stringify(body);
  const sent = requester.send({ ...envelope, body: text, deadlineAt: Date.now() + 30_000 }, randomUUID());
  const { status, body: answer } = await sent.reply;
  if (status < 300) return answer;
  throw new Error(`${method} ${path} answered ${status} ${answer}`);
}

function subscriptionOf(answer: string): { id: string; connect: { queue: string } } {
  const { id, connect } = subscriptionCreateRoute.answer.schema.parse(JSON.parse(answer));
  if (connect === null) throw new Error('a queue is there to be consumed');
  return { id, connect };
}

// So many events through the relay: they are committed at once, and the time ends with the mark on the last one, which is
// set after the broker has confirmed it.
import { setTimeout as delay } from 'node:timers/promises';
import { fillOutbox } from '../world/fill-outbox.ts';
import type { EventsWorld } from '../world/open-world.ts';
import { startCpuClocks } from './cpu-clocks.ts';
import { checkDepths, figuresOf } from './figures-of.ts';
import type { Load, PublishSample } from './sample.ts';

export async function measureRelay(
  world: EventsWorld,
  load: Load,
  signal: AbortSignal,
): Promise<PublishSample> {
  const { database, queues, servers, relay } = world;
  const range = world.nextRange(load.events);
  await queues.bindOnly(load.queues, load.further);
  await fillOutbox(database, range);
  const committedAtMs = performance.timeOrigin + performance.now();
  const readClocks = startCpuClocks(servers, relay.pid);
  await allPublished(world, signal);
  const used = readClocks();
  const [row] = await database.query<{ last: string }>(
    'select unix_timestamp(max(published_at)) * 1000 as last from outbox',
  );
  await checkDepths(queues, load);
  return { ...load, publisher: 'relay', ...figuresOf(load.events, Number(row?.last) - committedAtMs, used) };
}

export async function allPublished(
  { database }: Pick<EventsWorld, 'database'>,
  signal: AbortSignal,
): Promise<void> {
  const deadlineMs = performance.now() + longestMs;
  while ((await database.query('select 1 from outbox where published_at is null limit 1')).length > 0) {
    signal.throwIfAborted();
    if (performance.now() > deadlineMs) throw new Error(`the relay has not published all in ${longestMs} ms`);
    await delay(20);
  }
}

const longestMs = 10 * 60_000;

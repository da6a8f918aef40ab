// From the return of a commit, in a process of its own, to the callback of a consumer.
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../../children/start-child.ts';
import { percentile } from '../../csg/load/percentile.ts';
import type { EventsOptions } from '../events-options.ts';
import type { ChangeWriterMethods } from '../programs/change-writer-program.ts';
import { startCpuClocks } from './cpu-clocks.ts';
import type { MeasureDeps } from './measure-deps.ts';
import { monotonicMs } from './monotonic-ms.ts';
import type { Latency } from './sample.ts';

export async function measureLatency(options: EventsOptions, deps: MeasureDeps): Promise<Latency> {
  const { world, signal, say } = deps;
  const { changes, perSecond, profileDirectory } = options;
  const writer = startChild<ChangeWriterMethods>({
    program: 'change-writer',
    core: undefined,
    profileDirectory,
  });
  try {
    await writer.call('start', { databaseUrl: world.database.url });
    await world.queues.bindOnly(1, 'same');
    const arrivedAtMs = new Map<string, number>();
    const consumer = await world.queues.consume(({ properties }) => {
      arrivedAtMs.set(String(properties.messageId), monotonicMs());
    });
    const write = async (count: number) => {
      signal.throwIfAborted();
      const committedAtMs = await writer.call(
        'write',
        { count, perSecond },
        patienceMs + (count / perSecond) * 2_000,
      );
      await allArrived(Object.keys(committedAtMs), arrivedAtMs);
      return Object.entries(committedAtMs).map(([id, atMs]) => (arrivedAtMs.get(id) ?? Number.NaN) - atMs);
    };
    await write(Math.ceil(changes / 5)); // For V8 to compile what is hot.
    say(`${changes} changes, ${perSecond} a second`);
    const readClocks = startCpuClocks(world.servers, world.relay.pid);
    const latencies = await write(changes);
    const { strangersCores } = readClocks();
    await consumer.stop();
    return {
      ...{ changes, perSecond, strangersCores },
      p50Ms: percentile(latencies, 50),
      p99Ms: percentile(latencies, 99),
      maxMs: percentile(latencies, 100),
    };
  } finally {
    await writer.stop();
  }
}

const patienceMs = 30_000;

async function allArrived(ids: readonly string[], arrived: ReadonlyMap<string, number>): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const missing = ids.filter((id) => !arrived.has(id)).length;
    if (missing === 0) return;
    if (performance.now() > deadlineMs)
      throw new Error(`${missing} events have not come in ${patienceMs} ms`);
    await delay(20);
  }
}

// One world for everything. What is compared takes turns in each round, so that what disturbs the machine for a while
// disturbs all of it.
import { pollerConfigSchema } from '@cloud-gateway/poller';
import { startChild } from '../../children/start-child.ts';
import type { BenchDeps } from '../../command/run-bench-command.ts';
import type { EventsOptions, Measurement } from '../events-options.ts';
import type { BarePublisherMethods } from '../programs/bare-publisher-program.ts';
import { benchEvent } from '../world/bench-event.ts';
import { openWorld } from '../world/open-world.ts';
import { measureBare } from './measure-bare.ts';
import type { MeasureDeps } from './measure-deps.ts';
import { measureLatency } from './measure-latency.ts';
import { measureRelay } from './measure-relay.ts';
import { measureReplay } from './measure-replay.ts';
import type { Measured, PublishSample } from './sample.ts';

/** Leaves no process and no file behind, but profiles that were asked for. */
export async function measureAll(options: EventsOptions, { signal, say }: BenchDeps): Promise<Measured> {
  const world = await openWorld(options, say);
  const deps = { world, signal, say };
  const wants = (one: Measurement) => options.measure.includes(one);
  try {
    await warmUp(options, deps);
    return {
      ...{ payloadBytes: averagePayloadBytes(), batchSize, windowSize },
      // The quiet one first: the outbox is small then, and the broker's disk at rest.
      latency: wants('latency') ? await measureLatency(options, deps) : undefined,
      publishing: wants('relay') ? await measurePublishing(options, deps) : [],
      fanOut: wants('subscribers') ? await measureFanOut(options, deps) : [],
      replays: wants('replay') ? await measureReplay(options, deps) : [],
    };
  } finally {
    await world.end();
  }
}

/** The relay's own, by default. */
const batchSize = pollerConfigSchema.shape.GATEWAY_RELAY_BATCH.parse(undefined);

/** With more unconfirmed amqplib was not faster on two cores, with fewer it was slower. */
const windowSize = 2_000;

async function warmUp({ events }: EventsOptions, { world, signal }: MeasureDeps): Promise<void> {
  await measureRelay(world, { events: Math.ceil(events / 5), queues: 1, further: 'same', round: 0 }, signal);
}

async function measurePublishing(options: EventsOptions, deps: MeasureDeps): Promise<PublishSample[]> {
  const { world, signal, say } = deps;
  const bare = startChild<BarePublisherMethods>({
    program: 'bare-publisher',
    core: undefined,
    profileDirectory: world.profileDirectory,
  });
  world.onEnd(bare.stop);
  await bare.call('start', { amqpUrl: world.servers.amqpUrl });
  const samples: PublishSample[] = [];
  const load = { events: options.events, queues: 1, further: 'same' } as const;
  await measureBare(world, bare, { ...load, round: 0, style: 'window', size: windowSize });
  for (let round = 1; round <= options.rounds; round++) {
    say(`Relay and bare amqplib: round ${round} of ${options.rounds}`);
    signal.throwIfAborted();
    samples.push(await measureRelay(world, { ...load, round }, signal));
    samples.push(await measureBare(world, bare, { ...load, round, style: 'batches', size: batchSize }));
    samples.push(await measureBare(world, bare, { ...load, round, style: 'window', size: windowSize }));
  }
  return samples;
}

async function measureFanOut(
  options: EventsOptions,
  { world, signal, say }: MeasureDeps,
): Promise<PublishSample[]> {
  const samples: PublishSample[] = [];
  const most = Math.max(...options.subscribers);
  for (let round = 1; round <= options.rounds; round++) {
    for (const queues of options.subscribers) {
      say(`${queues} subscribers: round ${round} of ${options.rounds}`);
      const events = Math.min(
        options.events,
        Math.max(1_000, Math.floor((copies * options.events) / queues)),
      );
      samples.push(await measureRelay(world, { events, queues, further: 'same', round }, signal));
    }
    say(`${most} subscribers, ${most - 1} of them to other accounts: round ${round} of ${options.rounds}`);
    samples.push(
      await measureRelay(world, { events: options.events, queues: most, further: 'others', round }, signal),
    );
  }
  return samples;
}

/** Fewer events for more queues: the copies are what takes time and memory. */
const copies = 4;

function averagePayloadBytes(): number {
  const bytes = Array.from({ length: 1_000 }, (_, n) => Buffer.byteLength(benchEvent(n).payload));
  return Math.round(bytes.reduce((sum, one) => sum + one, 0) / bytes.length);
}

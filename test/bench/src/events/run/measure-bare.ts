import type { Child } from '../../children/start-child.ts';
import type { BarePublisherMethods, BareStyle } from '../programs/bare-publisher-program.ts';
import type { EventsWorld } from '../world/open-world.ts';
import { startCpuClocks } from './cpu-clocks.ts';
import { checkDepths, figuresOf } from './figures-of.ts';
import type { Load, PublishSample } from './sample.ts';

/** The same number of messages like those of the relay, into the same queues, by amqplib alone. */
export async function measureBare(
  { queues, servers, nextRange }: EventsWorld,
  bare: Child<BarePublisherMethods>,
  load: Load & { readonly style: BareStyle; readonly size: number },
): Promise<PublishSample> {
  const { style, size, ...rest } = load;
  await queues.bindOnly(load.queues, load.further);
  await bare.call('prepare', nextRange(load.events));
  const readClocks = startCpuClocks(servers, bare.pid);
  const wallMs = await bare.call('publish', { style, size }, longestMs);
  const used = readClocks();
  await checkDepths(queues, load);
  return { ...rest, publisher: style, ...figuresOf(load.events, wallMs, used) };
}

const longestMs = 10 * 60_000;

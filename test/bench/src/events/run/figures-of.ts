import type { BenchQueues } from '../world/bench-queues.ts';
import type { CpuUse } from './cpu-clocks.ts';
import type { Load, PublishFigures } from './sample.ts';

export function figuresOf(
  events: number,
  wallMs: number,
  used: CpuUse,
): PublishFigures & { readonly strangersCores: number } {
  return {
    eventsPerSecond: (events / wallMs) * 1_000,
    brokerMicros: used.broker / events,
    databaseMicros: used.database / events,
    publisherMicros: used.publisher / events,
    strangersCores: used.strangersCores,
  };
}

/** Throws when a queue has not got exactly its events. */
export async function checkDepths(
  queues: BenchQueues,
  { events, queues: count, further }: Load,
): Promise<void> {
  const depths = await queues.depths(count);
  for (const [at, depth] of depths.entries()) {
    const expected = at === 0 || further === 'same' ? events : 0;
    if (depth !== expected) throw new Error(`queue ${at} holds ${depth} events, not ${expected}`);
  }
}

// What issue 5 wants of events.
import type { Summary } from './summarize.ts';

export interface Verdict {
  readonly goal: string;
  readonly value: string;
  readonly reached: boolean;
}

const perSecondMin = 5_000;
const ratioMin = 0.7;
const latencyMaxMs = 50;

/** Goals of what was not measured are left out. */
export function judgeGoals({ publishing, latency }: Summary): Verdict[] {
  const verdicts: Verdict[] = [];
  if (publishing) {
    const { eventsPerSecond } = publishing.medians.relay;
    // Of the two ways of bare amqplib the faster one.
    const ratio = Math.min(publishing.relayTo.batches, publishing.relayTo.window);
    verdicts.push({
      goal: `relay: events/s >= ${perSecondMin}, or / bare amqplib at its best >= ${ratioMin}`,
      value: `${eventsPerSecond.toFixed(0)}, ${ratio.toFixed(2)}`,
      reached: eventsPerSecond >= perSecondMin || ratio >= ratioMin,
    });
  }
  if (latency) {
    verdicts.push({
      goal: `p99 from commit to consumer at ${latency.perSecond} changes/s, ms <= ${latencyMaxMs}`,
      value: latency.p99Ms.toFixed(1),
      reached: latency.p99Ms <= latencyMaxMs,
    });
  }
  return verdicts;
}

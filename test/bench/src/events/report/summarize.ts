import { type Strangers, summarizeStrangers } from '../../report/strangers.ts';
import { median } from '../../rpc/median.ts';
import {
  type Further,
  type Measured,
  type Publisher,
  type PublishFigures,
  type PublishSample,
  publishers,
  type Replay,
} from '../run/sample.ts';

/** What all rounds come to: medians. What was not measured is undefined or empty. */
export interface Summary {
  readonly payloadBytes: number;
  readonly batchSize: number;
  readonly windowSize: number;
  readonly publishing: Publishing | undefined;
  readonly fanOut: readonly FanOutLine[];
  readonly latency: Measured['latency'];
  readonly replay: { readonly events: number; readonly eventsPerSecond: number } | undefined;
  readonly strangersCores: Strangers | undefined;
}

export interface Publishing {
  readonly events: number;
  readonly rounds: number;
  readonly medians: Readonly<Record<Publisher, PublishFigures>>;
  /** Events a second of the relay, divided by the other's in the same round. */
  readonly relayTo: Readonly<Record<Exclude<Publisher, 'relay'>, number>>;
}

export interface FanOutLine {
  readonly queues: number;
  readonly further: Further;
  readonly medians: PublishFigures;
  /** By which each queue after the first makes one event take longer; undefined for the first line. */
  readonly microsPerFurther: number | undefined;
  /** By which it makes the broker work longer. */
  readonly brokerMicrosPerFurther: number | undefined;
}

export function summarize(measured: Measured): Summary {
  const { publishing, fanOut, latency, replays, ...sizes } = measured;
  const samples = [...publishing, ...fanOut, ...replays, ...(latency ? [latency] : [])];
  return {
    ...sizes,
    publishing: publishing.length === 0 ? undefined : summarizePublishing(publishing),
    fanOut: summarizeFanOut(fanOut),
    latency,
    replay: replays.length === 0 ? undefined : summarizeReplays(replays),
    strangersCores: samples.length === 0 ? undefined : summarizeStrangers(samples),
  };
}

function summarizePublishing(samples: readonly PublishSample[]): Publishing {
  const of = (publisher: Publisher) => samples.filter((sample) => sample.publisher === publisher);
  const ratioTo = (other: Publisher) =>
    median(
      of('relay').flatMap(({ round, eventsPerSecond }) => {
        const same = of(other).find((sample) => sample.round === round);
        return same ? [eventsPerSecond / same.eventsPerSecond] : [];
      }),
    );
  return {
    events: samples[0]?.events ?? 0,
    rounds: of('relay').length,
    medians: Object.fromEntries(publishers.map((one) => [one, mediansOf(of(one))])) as Record<
      Publisher,
      PublishFigures
    >,
    relayTo: { batches: ratioTo('batches'), window: ratioTo('window') },
  };
}

function summarizeFanOut(samples: readonly PublishSample[]): FanOutLine[] {
  const cells = new Map<string, PublishSample[]>();
  for (const sample of samples) {
    const key = `${sample.queues} ${sample.further}`;
    cells.set(key, [...(cells.get(key) ?? []), sample]);
  }
  const lines = [...cells.values()].flatMap((ofCell) => {
    const [first] = ofCell;
    return first ? [{ queues: first.queues, further: first.further, medians: mediansOf(ofCell) }] : [];
  });
  const alone = lines.find(({ queues }) => queues === 1)?.medians;
  return lines.map((line) => {
    const perFurther = (of: (figures: PublishFigures) => number) =>
      alone === undefined || line.queues === 1
        ? undefined
        : (of(line.medians) - of(alone)) / (line.queues - 1);
    return {
      ...line,
      microsPerFurther: perFurther(({ eventsPerSecond }) => 1e6 / eventsPerSecond),
      brokerMicrosPerFurther: perFurther(({ brokerMicros }) => brokerMicros),
    };
  });
}

function summarizeReplays(replays: readonly Replay[]): Summary['replay'] {
  return {
    events: replays[0]?.events ?? 0,
    eventsPerSecond: median(replays.map(({ eventsPerSecond }) => eventsPerSecond)),
  };
}

function mediansOf(samples: readonly PublishSample[]): PublishFigures {
  const of = (name: keyof PublishFigures) => median(samples.map((sample) => sample[name]));
  return {
    eventsPerSecond: of('eventsPerSecond'),
    brokerMicros: of('brokerMicros'),
    databaseMicros: of('databaseMicros'),
    publisherMicros: of('publisherMicros'),
  };
}

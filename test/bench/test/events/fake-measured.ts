import type { Measured, PublishSample } from '../../src/events/run/sample.ts';

export function fakeSample(given: Partial<PublishSample> = {}): PublishSample {
  return {
    publisher: 'relay',
    queues: 1,
    further: 'same',
    round: 1,
    events: 1_000,
    eventsPerSecond: 5_000,
    brokerMicros: 100,
    databaseMicros: 20,
    publisherMicros: 50,
    strangersCores: 0,
    ...given,
  };
}

/** One round that reaches every goal, but for what is given. */
export function fakeMeasured(given: Partial<Measured> = {}): Measured {
  return {
    payloadBytes: 1_500,
    batchSize: 500,
    windowSize: 2_000,
    publishing: [
      fakeSample(),
      fakeSample({ publisher: 'batches', eventsPerSecond: 6_000 }),
      fakeSample({ publisher: 'window', eventsPerSecond: 8_000 }),
    ],
    fanOut: [fakeSample(), fakeSample({ queues: 11, eventsPerSecond: 2_000, brokerMicros: 400 })],
    latency: { changes: 100, perSecond: 20, p50Ms: 15, p99Ms: 30, maxMs: 40, strangersCores: 0.1 },
    replays: [{ round: 1, events: 1_000, eventsPerSecond: 4_000, strangersCores: 0 }],
    ...given,
  };
}

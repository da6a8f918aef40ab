import type { Kind, Sample, SizeMeasured } from '../../src/poll/run/sample.ts';

const noRows = { resources: 0, resource_tags: 0, revisions: 0, outbox: 0, accounts: 0 };

export function fakeSample(kind: Kind, given: Partial<Sample> = {}): Sample {
  return {
    kind,
    round: 1,
    wallMs: 100,
    cpuMs: 80,
    changes: 0,
    rows: kind === 'sdk' ? undefined : noRows,
    eventMs: [],
    strangersCores: 0,
    ...given,
  };
}

/** One round that reaches every goal, but for what is given. */
export function fakeMeasured(given: Partial<SizeMeasured> = {}): SizeMeasured {
  return {
    instances: 100_000,
    samples: [
      fakeSample('sdk'),
      fakeSample('unchanged', { wallMs: 110 }),
      fakeSample('changed', {
        wallMs: 115,
        changes: 10,
        rows: { ...noRows, resources: 10, revisions: 10, outbox: 20, accounts: 1 },
        eventMs: Array.from({ length: 10 }, (_, at) => at * 10),
      }),
    ],
    filling: { wallMs: 5_000, cpuMs: 4_000 },
    memoryBytes: { filling: 200e6, later: 300e6 },
    ...given,
  };
}

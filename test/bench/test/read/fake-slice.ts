import type { Slice } from '../../src/read/run/slice.ts';

export function fakeSlice(given: Partial<Slice>): Slice {
  return {
    question: 'echo',
    rows: undefined,
    door: 'http',
    connections: 64,
    round: 1,
    requests: 1_000,
    requestsPerSecond: 1_000,
    p50Ms: 10,
    p99Ms: 20,
    brokerMicros: 100,
    edgeMicros: 100,
    serviceMicros: 100,
    databaseMicros: 0,
    strangersCores: 0,
    ...given,
  };
}

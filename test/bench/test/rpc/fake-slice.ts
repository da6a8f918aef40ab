import type { Slice } from '../../src/rpc/slice.ts';

/** A slice in which every figure is 1 but for those given. */
export function fakeSlice(given: Partial<Slice>): Slice {
  return {
    system: 'ours',
    round: 1,
    connections: 64,
    requests: 1,
    requestsPerSecond: 1,
    p50Ms: 1,
    p99Ms: 1,
    brokerMicros: 1,
    edgeMicros: 1,
    serviceMicros: 1,
    sumMicros: 1,
    strangersCores: 0,
    ...given,
  };
}

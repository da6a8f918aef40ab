import { setTimeout as delay } from 'node:timers/promises';
import type { Load, LoadGenerator, LoadResult } from '../load/load-generator.ts';
import { cpuMicrosOfMachine, cpuMicrosOfSelf, cpuMicrosOfTree } from '../processes/cpu-time.ts';
import type { Slice } from './slice.ts';

export interface SliceOptions {
  readonly generator: LoadGenerator;
  readonly pids: { readonly broker: number; readonly edge: number; readonly service: number };
  readonly load: Load;
  readonly signal: AbortSignal;
}

/** Runs the load once and reads the CPU clocks of everybody before and after. */
export async function measureSlice({
  generator,
  pids,
  load,
  signal,
}: SliceOptions): Promise<Omit<Slice, 'system' | 'round'>> {
  const startedAtMs = performance.now();
  const before = readClocks(pids);
  const result = await generator.run(load, signal);
  const after = readClocks(pids);
  const elapsedMicros = (performance.now() - startedAtMs) * 1_000;
  await delay(settleMs, undefined, { signal });
  return toSlice(load, result, difference(after, before), elapsedMicros);
}

/** The requests that the generator has abandoned at its end are answered in this time, not in the next slice. */
const settleMs = 200;

type Clocks = Readonly<Record<'broker' | 'edge' | 'service' | 'self' | 'machine', number>>;

function readClocks({ broker, edge, service }: SliceOptions['pids']): Clocks {
  return {
    broker: cpuMicrosOfTree(broker),
    edge: cpuMicrosOfTree(edge),
    service: cpuMicrosOfTree(service),
    self: cpuMicrosOfSelf(),
    machine: cpuMicrosOfMachine(),
  };
}

function difference(after: Clocks, before: Clocks): Clocks {
  return {
    broker: after.broker - before.broker,
    edge: after.edge - before.edge,
    service: after.service - before.service,
    self: after.self - before.self,
    machine: after.machine - before.machine,
  };
}

function toSlice(load: Load, result: LoadResult, used: Clocks, elapsedMicros: number) {
  const { requests, requestsPerSecond, p50Ms, p99Ms } = result;
  const path = used.broker + used.edge + used.service;
  return {
    connections: load.connections,
    requests,
    requestsPerSecond,
    p50Ms,
    p99Ms,
    brokerMicros: used.broker / requests,
    edgeMicros: used.edge / requests,
    serviceMicros: used.service / requests,
    sumMicros: path / requests,
    strangersCores: Math.max(0, used.machine - used.self - path) / elapsedMicros,
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { LoadResult } from '../../load/load-generator.ts';
import { cpuMicrosOfMachine, cpuMicrosOfSelf, cpuMicrosOfTree } from '../../processes/cpu-time.ts';
import type { Slice } from './slice.ts';

export interface Pids {
  readonly broker: number;
  readonly edge: number;
  readonly service: number;
  readonly database: number;
  /** The load generator of the broker's door. */
  readonly load: number;
}

/** Runs the load once and reads the CPU clocks of everybody before and after. */
export async function measureSlice(
  pids: Pids,
  run: () => Promise<LoadResult>,
): Promise<Omit<Slice, 'question' | 'rows' | 'door' | 'connections' | 'round'>> {
  const startedMs = performance.now();
  const before = readClocks(pids);
  const { requests, requestsPerSecond, p50Ms, p99Ms } = await run();
  const after = readClocks(pids);
  const elapsedMicros = (performance.now() - startedMs) * 1_000;
  await delay(settleMs);
  const used = (name: keyof Clocks) => after[name] - before[name];
  const ours =
    used('broker') + used('edge') + used('service') + used('database') + used('load') + used('self');
  return {
    requests,
    requestsPerSecond,
    p50Ms,
    p99Ms,
    brokerMicros: used('broker') / requests,
    edgeMicros: used('edge') / requests,
    serviceMicros: used('service') / requests,
    databaseMicros: used('database') / requests,
    strangersCores: Math.max(0, used('machine') - ours) / elapsedMicros,
  };
}

/** The requests that the generator has abandoned at its end are answered in this time, not in the next slice. */
const settleMs = 200;

type Clocks = Readonly<Record<keyof Pids | 'self' | 'machine', number>>;

function readClocks(pids: Pids): Clocks {
  return {
    broker: cpuMicrosOfTree(pids.broker),
    edge: cpuMicrosOfTree(pids.edge),
    service: cpuMicrosOfTree(pids.service),
    database: cpuMicrosOfTree(pids.database),
    load: cpuMicrosOfTree(pids.load),
    self: cpuMicrosOfSelf(),
    machine: cpuMicrosOfMachine(),
  };
}

// The CPU clocks of everybody who has a part in a measurement, and of the machine.

import type { EmbeddedServers } from '@cloud-gateway/embedded';
import { cpuMicrosOfMachine, cpuMicrosOfTree } from '../../processes/cpu-time.ts';

export interface CpuUse {
  readonly broker: number;
  readonly database: number;
  readonly publisher: number;
  /** Of processes that have no part in this: 1 is a whole core. */
  readonly strangersCores: number;
}

/** Begins now; call the result at the end. Microseconds. */
export function startCpuClocks(servers: EmbeddedServers, publisherPid: number): () => CpuUse {
  const startedMs = performance.now();
  const before = readClocks(servers, publisherPid);
  return () => {
    const after = readClocks(servers, publisherPid);
    const used = (name: keyof Clocks) => after[name] - before[name];
    return {
      broker: used('broker'),
      database: used('database'),
      publisher: used('publisher'),
      strangersCores: Math.max(0, used('machine') - used('all')) / 1_000 / (performance.now() - startedMs),
    };
  };
}

type Clocks = ReturnType<typeof readClocks>;

function readClocks({ broker, database }: EmbeddedServers, publisherPid: number) {
  return {
    broker: cpuMicrosOfTree(broker.pid ?? 0),
    database: cpuMicrosOfTree(database.pid ?? 0),
    publisher: cpuMicrosOfTree(publisherPid),
    // This process and everything that it has started.
    all: cpuMicrosOfTree(process.pid),
    machine: cpuMicrosOfMachine(),
  };
}

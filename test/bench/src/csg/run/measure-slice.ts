// Puts one proxy under load, and reads everybody's CPU clocks before and after.

import { peakMemory, resetPeakMemory } from '../../children/resident-memory.ts';
import type { Child } from '../../children/start-child.ts';
import { cpuMicrosOfEndedChildren, cpuMicrosOfMachine, cpuMicrosOfTree } from '../../processes/cpu-time.ts';
import type { AccessKey } from '../calls/access-key.ts';
import type { LoadMethods } from '../load/load-program.ts';
import type { Peer } from '../peers/peer.ts';
import type { Measurement } from './measurement.ts';
import type { Figures } from './slice.ts';

export interface SliceInput {
  readonly load: Child<LoadMethods>;
  readonly peer: Peer;
  readonly measurement: Measurement;
  readonly key: AccessKey;
  readonly seconds: number;
  readonly streamBytes: number;
}

export interface MeasuredSlice {
  readonly figures: Figures;
  readonly strangersCores: number;
}

/** Rejects when one answer is wrong. */
export async function measureSlice(input: SliceInput): Promise<MeasuredSlice> {
  switch (input.measurement.kind) {
    case 'requests':
      return measureRequests(input, input.measurement);
    case 'connections':
      return measureConnections(input, input.measurement);
    case 'transfer':
      return measureTransfer(input, input.measurement);
  }
}

async function measureRequests(
  { load, peer, key, seconds }: SliceInput,
  { connections }: Extract<Measurement, { kind: 'requests' }>,
): Promise<MeasuredSlice> {
  await load.call('openRequests', { target: peer.target, key, connections });
  try {
    const { result, used } = await clocked(peer, () => load.call('runRequests', { seconds }));
    const { requests, requestsPerSecond: perSecond, p50Ms, p99Ms } = result;
    const figures = { perSecond, p50Ms, p99Ms, ...cpuFigures(used, requests) };
    return { figures, strangersCores: used.strangersCores };
  } finally {
    await load.call('closeRequests', null);
  }
}

async function measureConnections(
  { load, peer, key, seconds }: SliceInput,
  { resumes }: Extract<Measurement, { kind: 'connections' }>,
): Promise<MeasuredSlice> {
  const { target } = peer;
  const { result, used } = await clocked(peer, () =>
    load.call('loadConnections', { target, key, seconds, resumes }),
  );
  const { connections, connectionsPerSecond: perSecond, resumedShare } = result;
  const figures = { perSecond, ...cpuFigures(used, connections), ...(resumes && { resumedShare }) };
  return { figures, strangersCores: used.strangersCores };
}

async function measureTransfer(
  { load, peer, key, streamBytes: bytes }: SliceInput,
  { transfer: kind }: Extract<Measurement, { kind: 'transfer' }>,
): Promise<MeasuredSlice> {
  const { target, pid } = peer;
  await load.call('prepareTransfer', { kind, bytes });
  const idle = pid === undefined ? 0 : resetPeakMemory(pid);
  const { result, used } = await clocked(peer, () =>
    load.call('loadTransfer', { target, key, kind, bytes }, transferTimeoutMs),
  );
  const figures: Figures = {
    megabytesPerSecond: bytes / megabyte / result.seconds,
    ...(pid !== undefined && {
      cpuSecondsPerGigabyte: ((used.proxyMicros / 1e6) * gigabyte) / bytes,
      addedMegabytes: (peakMemory(pid) - idle) / megabyte,
    }),
  };
  return { figures, strangersCores: used.strangersCores };
}

const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;
const transferTimeoutMs = 300_000;

interface Used {
  readonly proxyMicros: number;
  readonly databaseMicros: number;
  readonly strangersCores: number;
  readonly peer: Peer;
}

function cpuFigures({ peer, proxyMicros, databaseMicros }: Used, times: number): Figures {
  return {
    ...(peer.pid !== undefined && { cpuMicros: proxyMicros / times }),
    ...(peer.databasePid !== undefined && { databaseMicros: databaseMicros / times }),
  };
}

async function clocked<Result>(
  peer: Peer,
  run: () => Promise<Result>,
): Promise<{ result: Result; used: Used }> {
  const startedAtMs = performance.now();
  const before = readClocks(peer);
  const result = await run();
  const after = readClocks(peer);
  const elapsedMicros = (performance.now() - startedAtMs) * 1_000;
  const strangers = after.machine - before.machine - (after.ours - before.ours);
  return {
    result,
    used: {
      peer,
      proxyMicros: after.proxy - before.proxy,
      databaseMicros: after.database - before.database,
      strangersCores: Math.max(0, strangers) / elapsedMicros,
    },
  };
}

function readClocks({ pid, databasePid }: Peer) {
  return {
    proxy: pid === undefined ? 0 : cpuMicrosOfTree(pid),
    database: databasePid === undefined ? 0 : cpuMicrosOfTree(databasePid),
    machine: cpuMicrosOfMachine(),
    ours: cpuMicrosOfTree(process.pid) + cpuMicrosOfEndedChildren(),
  };
}

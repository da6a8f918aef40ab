// One listing of one kind, with everything that is known of it.
import type { Store } from '@cloud-gateway/store';
import type { Child } from '../../children/start-child.ts';
import { cpuMicrosOfMachine, cpuMicrosOfTree } from '../../processes/cpu-time.ts';
import type { BenchDatabase } from '../../world/create-database.ts';
import type { PollerMethods } from '../programs/poller-program.ts';
import type { SdkMethods } from '../programs/sdk-program.ts';
import type { SimulatorMethods } from '../programs/simulator-program.ts';
import { rowsBetween, rowsWritten } from '../world/rows-written.ts';
import type { EventTimes } from './event-times.ts';
import type { Kind, Poll, Sample } from './sample.ts';

export const longestListingMs = 15 * 60_000;

/** A share of the instances that changes between two polls. */
const changedShare = 0.01;

type PollOnce = () => Promise<Poll>;

/** Makes the unit due, and waits for its poll. */
export function createPollOnce(deps: {
  readonly store: Store;
  readonly accountId: string;
  readonly poller: Child<PollerMethods>;
}): PollOnce {
  const { store, accountId, poller } = deps;
  return async () => {
    await store.read.pollUnits.wake({ accountId });
    return poller.call('nextPoll', null, longestListingMs);
  };
}

export interface SampleDeps {
  readonly instances: number;
  readonly simulator: Child<SimulatorMethods>;
  readonly sdk: Child<SdkMethods>;
  readonly poller: Child<PollerMethods>;
  readonly database: BenchDatabase;
  readonly events: EventTimes;
  readonly pollOnce: PollOnce;
}

/** Throws when a listing was not complete, or a poll saw other changes than there were. */
export function createTakeSample(deps: SampleDeps): (kind: Kind, round: number) => Promise<Sample> {
  const { instances, simulator, sdk, poller, database, events, pollOnce } = deps;
  const measured = { sdk: listBySdk, unchanged: pollUnchanged, changed: pollChanged };

  return async (kind, round) => {
    const startedMs = performance.now();
    const before = strangersMicros();
    const sample = await measured[kind](round);
    const strangers = Math.max(0, strangersMicros() - before);
    return { ...sample, kind, round, strangersCores: strangers / 1_000 / (performance.now() - startedMs) };
  };

  async function listBySdk(): Promise<Figures> {
    const { seen, ...cost } = await sdk.call('list', null, longestListingMs);
    checkEqual('instances listed by the SDK', seen, instances);
    return { ...cost, changes: 0, rows: undefined, eventMs: [] };
  }

  async function pollUnchanged(): Promise<Figures> {
    const before = await rowsWritten(database);
    const { wallMs, cpuMs, seen, changes } = await pollOnce();
    checkEqual('instances seen by the poller', seen, instances);
    checkEqual('changes seen where there was none', changes, 0);
    return { wallMs, cpuMs, changes, rows: rowsBetween(before, await rowsWritten(database)), eventMs: [] };
  }

  async function pollChanged(round: number): Promise<Figures> {
    const value = `round-${round}`;
    const { count } = await simulator.call('change', { share: changedShare, value, seed: round });
    await poller.call('watchFor', { value });
    events.clear();
    const before = await rowsWritten(database);
    const { wallMs, cpuMs, changes, readAtMs } = await pollOnce();
    checkEqual('changes seen', changes, count);
    const heardAtMs = await events.wait(count);
    const rows = rowsBetween(before, await rowsWritten(database));
    await poller.call('watchFor', { value: null });
    const eventMs = Object.entries(readAtMs).map(([id, atMs]) => (heardAtMs.get(id) ?? Number.NaN) - atMs);
    return { wallMs, cpuMs, changes, rows, eventMs };
  }
}

type Figures = Omit<Sample, 'kind' | 'round' | 'strangersCores'>;

/** CPU of all processes but the benchmark's own: servers, cloud, SDK and poller are its descendants. */
function strangersMicros(): number {
  return cpuMicrosOfMachine() - cpuMicrosOfTree(process.pid);
}

function checkEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found}, not ${expected}`);
}

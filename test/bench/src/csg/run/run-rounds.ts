// The proxies take turns: what disturbs the machine for a while disturbs all of them, and ratios are taken within a round.
import type { Child } from '../../children/start-child.ts';
import type { CsgOptions } from '../csg-options.ts';
import type { LoadMethods } from '../load/load-program.ts';
import type { Peer } from '../peers/peer.ts';
import { type PeerName, peers } from '../peers/peers.ts';
import type { CloudMethods } from '../upstream/cloud-program.ts';
import type { World } from '../world/world.ts';
import { checkPeer } from './check-peer.ts';
import { measureSlice } from './measure-slice.ts';
import { type Measurement, measurementId, measurementsOf } from './measurement.ts';
import type { Slice } from './slice.ts';

export interface RunningPeer {
  readonly name: PeerName;
  readonly peer: Peer;
}

export interface RunInput {
  readonly options: CsgOptions;
  readonly world: World;
  readonly running: readonly RunningPeer[];
  readonly load: Child<LoadMethods>;
  readonly cloud: Child<CloudMethods>;
}

/** Rejects when an answer of ours or of a reference is wrong, or the world's signal aborts. */
export async function runRounds(input: RunInput): Promise<Slice[]> {
  const { options, world, running } = input;
  for (const one of running) await prepare(input, one);
  const slices: Slice[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    world.say(`Round ${round} of ${options.rounds}`);
    for (const measurement of measurementsOf(options, round)) {
      for (const { name, peer } of running.filter((one) => canMeasure(one.peer, measurement))) {
        const measured = await measure(input, name, peer, measurement).catch(leaveOut(input, name));
        if (measured)
          slices.push({ measurement: measurementId(measurement), peer: name, round, ...measured });
      }
    }
  }
  return slices;
}

/** A proxy of others that fails once under load (mockttp does) loses that slice; ours and the references must not fail. */
function leaveOut({ world }: RunInput, name: PeerName): (err: Error) => undefined {
  return (err) => {
    if (world.signal.aborted || mustNotFail.has(name)) throw err;
    world.say(`Left out: ${err.message.split('\n')[0]}`);
  };
}

const mustNotFail: ReadonlySet<PeerName> = new Set(['direct', 'csg', 'bare']);

/** Checks it, and loads it until V8 has compiled what is hot. */
async function prepare(input: RunInput, { name, peer }: RunningPeer): Promise<void> {
  const { options, world, load, cloud } = input;
  const { title } = peers[name];
  world.say(`Checking and warming up: ${title}`);
  await checkPeer({ title, peer, load, cloud, world });
  const seconds = options.warmupSeconds;
  const measurements: Measurement[] = [
    { kind: 'requests', connections: Math.max(...options.concurrency) },
    { kind: 'connections', resumes: false },
  ];
  for (const measurement of measurements) await measure(input, name, peer, measurement, seconds);
}

async function measure(
  { options, world, load }: RunInput,
  name: PeerName,
  peer: Peer,
  measurement: Measurement,
  seconds = options.seconds,
) {
  world.signal.throwIfAborted();
  try {
    const streamBytes = options.streamMegabytes * 1024 ** 2;
    return await measureSlice({ load, peer, measurement, key: world.issuedKey, seconds, streamBytes });
  } catch (err) {
    const why = err instanceof Error ? err.message : String(err);
    throw new Error(`${peers[name].title}, ${measurementId(measurement)}: ${why}`);
  }
}

function canMeasure(peer: Peer, measurement: Measurement): boolean {
  return measurement.kind !== 'transfer' || peer.transfers.includes(measurement.transfer);
}

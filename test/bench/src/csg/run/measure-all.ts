// Starts everything that is compared, measures, and stops it.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mintAccessKeyId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { chooseCores } from '../../children/choose-cores.ts';
import { type Child, startChild } from '../../children/start-child.ts';
import type { BenchDeps } from '../../command/run-bench-command.ts';
import type { CsgOptions } from '../csg-options.ts';
import type { LoadMethods } from '../load/load-program.ts';
import { peers } from '../peers/peers.ts';
import type { CloudMethods } from '../upstream/cloud-program.ts';
import { makeAuthority } from '../world/make-authority.ts';
import type { World } from '../world/world.ts';
import { type RunningPeer, runRounds } from './run-rounds.ts';
import type { Slice } from './slice.ts';

export interface Measured {
  readonly slices: readonly Slice[];
  /** Sessions that began at one process of ours and were resumed at another, from 0 to 1; undefined: not measured. */
  readonly resumedElsewhere: number | undefined;
}

/** Leaves no process and no file behind, but the packages that it has installed. */
export async function measureAll(options: CsgOptions, { signal, say }: BenchDeps): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-bench-csg-'));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const cores = chooseCores();
    if (cores.complaint) say(cores.complaint);
    const authority = await makeAuthority(folder, signal);
    const cloud: Child<CloudMethods> = startChild({ program: 'cloud', core: cores.load });
    stops.push(cloud.stop);
    const load: Child<LoadMethods> = startChild({ program: 'load', core: cores.load });
    stops.push(load.stop);
    const { port: cloudPort } = await cloud.call('start', authority.leaf);
    const profileDirectory = options.profileDirectory && resolve(options.profileDirectory);
    if (profileDirectory) await mkdir(profileDirectory, { recursive: true });
    const world: World = {
      ...{ folder, cores, authority, cloudPort, profileDirectory, signal, say },
      issuedKey: { accessKeyId: mintAccessKeyId(), secretAccessKey: mintToken(tokenPrefixes.proxySecret) },
      cloudKey: { accessKeyId: 'AKIABENCHBENCHBENCH1', secretAccessKey: randomBytes(30).toString('base64') },
    };
    const running = await startPeers(options, world, stops);
    const slices = await runRounds({ options, world, running, load, cloud });
    return { slices, resumedElsewhere: await measureResumption(running, load) };
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

async function startPeers(
  options: CsgOptions,
  world: World,
  stops: (() => Promise<void>)[],
): Promise<RunningPeer[]> {
  const running: RunningPeer[] = [];
  for (const name of options.peers) {
    world.signal.throwIfAborted();
    const peer = await peers[name].start(world);
    if ('skipped' in peer) {
      world.say(`Without ${peers[name].title}: ${peer.skipped}`);
    } else {
      stops.push(peer.stop);
      running.push({ name, peer });
    }
  }
  return running;
}

async function measureResumption(
  running: readonly RunningPeer[],
  load: Child<LoadMethods>,
): Promise<number | undefined> {
  const ours = running.find(({ name }) => name === 'csg')?.peer;
  if (!ours?.second) return undefined;
  return load.call('resumeElsewhere', { from: ours.target, to: ours.second, times: 100 });
}

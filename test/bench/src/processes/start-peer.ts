// Starts one half of a measured system as a process of its own, so that its CPU time can be told from all others'.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { profileArguments } from '../children/start-child.ts';
import type { PeerName } from '../peers/load-peer.ts';
import type { PeerPlace } from '../peers/peer.ts';
import type { FromPeer, ToPeer } from './peer-message.ts';

export interface PeerProcess {
  readonly name: PeerName;
  readonly pid: number;
  readonly url: string | undefined;
  /** Ends the process; by force when it does not end by itself, after it had time to write its profile. */
  stop(): Promise<void>;
}

export interface PeerProcessOptions extends PeerPlace {
  readonly name: PeerName;
  /** Writes `<label>.cpuprofile` there when the process ends. */
  readonly profileDirectory?: string | undefined;
  /** Default: the name. */
  readonly label?: string;
}

export async function startPeer({
  name,
  profileDirectory,
  label = name,
  ...place
}: PeerProcessOptions): Promise<PeerProcess> {
  const child = fork(fileURLToPath(new URL('../main.js', import.meta.url)), ['peer', name], {
    stdio: ['ignore', 2, 2, 'ipc'], // Standard output is for the result.
    execArgv: profileDirectory ? profileArguments(profileDirectory, label) : [],
  });
  let stopping = false;
  const exited = once(child, 'exit').then(([code, signal]) => {
    const how = String(signal ?? `status ${code}`);
    if (!stopping) process.stderr.write(`${name} ended by itself (${how})\n`);
    return how;
  });

  async function stop(): Promise<void> {
    stopping = true;
    tell(child, { kind: 'stop' });
    await Promise.race([exited, delay(stopTimeoutMs, undefined, { ref: false })]);
    child.kill('SIGKILL'); // No effect on one that has ended.
    await exited;
  }

  try {
    tell(child, { kind: 'start', place });
    const url = await firstAnswer(child, exited);
    return { name, pid: child.pid ?? 0, url, stop };
  } catch (err) {
    await stop();
    throw new Error(`${name} did not start: ${err instanceof Error ? err.message : String(err)}`);
  }
}

async function firstAnswer(child: ChildProcess, exited: Promise<string>): Promise<string | undefined> {
  const told = once(child, 'message').then(([message]) => message as FromPeer);
  const answer = await Promise.race([told, exited]);
  if (typeof answer === 'string') throw new Error(answer);
  if (answer.kind === 'failed') throw new Error(answer.message);
  return answer.url;
}

const stopTimeoutMs = 10_000;

function tell(child: ChildProcess, message: ToPeer): void {
  child.send(message, () => undefined); // A child that is gone is noticed by its exit.
}

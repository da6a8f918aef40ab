// moto: a second, independent imitation of AWS, so that a mistake shared by our code and our own simulator shows. It
// checks no signatures.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from '@cloud-gateway/embedded';
import { eventually } from './eventually.ts';
import { runCommand } from './run-command.ts';

export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Undefined where it is not installed. */
export async function startMotoServer(): Promise<MotoServer | undefined> {
  const found = await runCommand('python3', ['-c', 'import sys, moto.server; print(sys.executable)']).catch(
    () => undefined,
  );
  if (found?.status !== 0) return undefined;
  const port = await findFreePort();
  const child = spawn(found.stdout.trim(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => end(child);
  try {
    await eventually(async () => (await fetch(`${url}/moto-api/data.json`)).ok, { timeoutMs: 40_000 });
  } catch (err) {
    await stop();
    throw err;
  }
  return { url, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

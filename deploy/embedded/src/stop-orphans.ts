// Every process that we start carries a mark in its environment: the directory that it serves. So the servers of a run
// that was killed can be found without pid files, which a crash can leave wrong. Without /proc there is nothing to search.
import { readdirSync, readFileSync } from 'node:fs';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { waitUntil } from './wait-until.ts';

const markName = 'CLOUD_GATEWAY_EMBEDDED_DIRECTORY';
const stopDeadlineMs = 30_000;
const killDeadlineMs = 5000;

/** The environment variable by which a later run knows the processes of this one. */
export function directoryMark(directory: string): Record<string, string> {
  return { [markName]: directory };
}

/** Stops what an earlier, dead run left in this directory: politely first, since they may be writing their data. */
export async function stopOrphans(directory: string, say: (message: string) => void): Promise<void> {
  const orphans = markedProcesses(directory);
  if (orphans.length === 0) return;

  say(`Stopping what an earlier run left behind (process ${orphans.join(', ')})`);
  const noneLeft = () => markedProcesses(directory).length === 0;
  signalAll(orphans, 'SIGTERM');
  if (await waitUntil(noneLeft, { deadlineMs: stopDeadlineMs, intervalMs: 100 })) return;
  signalAll(markedProcesses(directory), 'SIGKILL');
  if (await waitUntil(noneLeft, { deadlineMs: killDeadlineMs })) return;
  throw new EmbeddedServersError(
    `Cannot stop process ${markedProcesses(directory).join(', ')} of an earlier run`,
  );
}

function markedProcesses(directory: string): number[] {
  const mark = `${markName}=${directory}`;
  return processes().filter((pid) => environmentOf(pid).includes(mark));
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // ended meanwhile, or another user's
  }
}

function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // ended meanwhile
    }
  }
}

// A pid alone does not name a process: after a crash or a reboot another one may have it. With the start time it does.
import { readFileSync } from 'node:fs';

export type ProcessIdentity = { pid: number; startedAtTicks: number };

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAtTicks: startedAtTicks(process.pid) ?? 0 };
}

/** Whether exactly that process still runs. Where there is no /proc, a live pid is taken for it. */
export function isRunning({ pid, startedAtTicks: recordedTicks }: ProcessIdentity): boolean {
  const ticks = startedAtTicks(pid);
  if (ticks !== undefined) return ticks === recordedTicks;
  return recordedTicks === 0 && isAlive(pid);
}

// Field 22 of proc(5) stat, in clock ticks since boot; the name in field 2 may hold spaces and brackets.
function startedAtTicks(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : Number(fields[18]);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM'; // it lives, as somebody else's
  }
}

// One run per directory: the file `lock` names the process that has it. The lock of a dead process is taken over.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

export type DirectoryLock = { release(): void };

/** Takes the directory, or throws naming the process that has it. */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, 'lock');
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(ownIdentity()), { mode: 0o600 });
  try {
    // A link appears whole and only if there is none yet: nobody ever reads a half-written lock.
    while (!tryLink(own, path)) removeStaleLock(path, directory);
  } finally {
    rmSync(own, { force: true });
  }
  let isHeld = true;
  return {
    release: () => {
      if (isHeld) rmSync(path, { force: true }); // once: a second time it may be another run's
      isHeld = false;
    },
  };
}

function removeStaleLock(path: string, directory: string): void {
  refuseIfHeld(path, directory);
  // Two may find the same stale lock: moving it aside, then looking again, shows whether the other was quicker.
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // the other moved it
  }
  try {
    refuseIfHeld(aside, directory);
  } catch (err) {
    tryLink(aside, path);
    throw err;
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseIfHeld(path: string, directory: string): void {
  const holder = readHolder(path);
  if (holder && isRunning(holder)) {
    throw new EmbeddedServersError(`Process ${holder.pid} already runs private servers in ${directory}`);
  }
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    const holder: Partial<ProcessIdentity> = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, startedAtTicks } = holder;
    return Number.isInteger(pid) && Number.isInteger(startedAtTicks)
      ? (holder as ProcessIdentity)
      : undefined;
  } catch {
    return undefined; // gone, or cut off by a power failure: stale either way
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw err;
  }
}

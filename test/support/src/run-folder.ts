// One temporary folder per mocha run: the servers' data and the captured output.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A folder of that name inside the run's folder; both are made when they are first needed. */
export function runFolder(name: 'servers' | 'logs'): string {
  folder ??= mkdtempSync(join(tmpdir(), 'cloud-gateway-test-'));
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes the run's folder, or only the servers' data when the logs are evidence. */
export function removeRunFolder({ keepLogs }: { keepLogs: boolean }): void {
  if (!folder) return;
  rmSync(keepLogs ? join(folder, 'servers') : folder, { recursive: true, force: true });
  folder = undefined;
}

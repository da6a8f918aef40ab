// One temporary folder per mocha run: the servers' data, the captured output, the secrets that must not be in it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Set for mocha's worker processes: the folder of their run. */
const inherited = 'GATEWAY_TEST_RUN_FOLDER';

let folder = process.env[inherited];

/** A folder of that name inside the run's folder; both are made when they are first needed. */
export function runFolder(name: 'servers' | 'logs' | 'secrets'): string {
  const path = join(ownFolder(), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** From now on every process that is started uses the folder of this one. */
export function shareRunFolder(): void {
  process.env[inherited] = ownFolder();
}

/** Removes the run's folder, apart from the logs when they are evidence. */
export function removeRunFolder({ keepLogs }: { keepLogs: boolean }): void {
  if (!folder) return;
  const unwanted = keepLogs ? [join(folder, 'servers'), join(folder, 'secrets')] : [folder];
  for (const path of unwanted) rmSync(path, { recursive: true, force: true });
  folder = undefined;
}

function ownFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'cloud-gateway-test-'));
  return folder;
}

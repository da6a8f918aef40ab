import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Tells whether it is in the PATH: tests that need a program which is not everywhere skip without it. */
export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

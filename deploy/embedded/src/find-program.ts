// Finds an executable by name. Debian keeps mariadbd in /usr/sbin, which an ordinary user's PATH does not name.
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

export type FindProgram = (name: string) => string | undefined;

/** The path of the first executable of that name, or undefined. */
export const findProgram: FindProgram = (name) =>
  searchPath()
    .split(':')
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find(isExecutable);

/** The caller's PATH and the system's usual folders; also what the servers get as their PATH. */
export function searchPath(): string {
  // The one environment variable that this package reads: where programs are is a fact of the machine.
  const { PATH: own } = process.env;
  return `${own ? `${own}:` : ''}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

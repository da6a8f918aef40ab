// A command that runs on one core and dies with this process, as far as the machine has the tools for it (util-linux).
import { existsSync } from 'node:fs';

export interface Pinning {
  /** Undefined: the scheduler decides. */
  readonly core: number | undefined;
}

export function pinned(
  { core }: Pinning,
  file: string,
  args: readonly string[],
): { readonly file: string; readonly args: string[] } {
  const command = [
    ...(existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', '--'] : []),
    ...(core === undefined ? [] : [taskset, '-c', String(core)]),
    file,
    ...args,
  ];
  return { file: command[0] ?? file, args: command.slice(1) };
}

export const taskset = '/usr/bin/taskset';
const setpriv = '/usr/bin/setpriv';

// Packages that only the benchmark compares with, and that the repository should not carry: installed when they are
// wanted, and kept.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { runTool } from '../../processes/run-tool.ts';
import type { World } from '../world/world.ts';

export interface PackageToInstall {
  readonly name: string;
  readonly version: string;
}

/** Gives the path of the package's main file; rejects when it cannot be installed. */
export async function installPackage(
  { name, version }: PackageToInstall,
  { signal, say }: Pick<World, 'signal' | 'say'>,
): Promise<string> {
  const folder = resolve('.gateway', 'bench', `${name}-${version}`);
  if (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
    say(`Installing ${name} ${version}`);
    await mkdir(folder, { recursive: true });
    await runTool(
      'npm',
      ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
      { signal: AbortSignal.any([signal, AbortSignal.timeout(installTimeoutMs)]) },
    );
  }
  return createRequire(join(folder, 'package.json')).resolve(name);
}

const installTimeoutMs = 180_000;

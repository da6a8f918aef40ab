import { type CommandResult, runCommand } from '@cloud-gateway/test-support';
import type { IssuedKey } from './issue-key.ts';
import type { ProxyWorld } from './proxy-world.ts';
import { userEnvironment } from './user-environment.ts';

/** Runs a program with the environment of somebody who uses the proxy with this key. */
export function runAsUser(
  { gateway: { proxyUrl, folder }, rootFile }: Pick<ProxyWorld, 'gateway' | 'rootFile'>,
  key: IssuedKey,
  [file, ...args]: readonly [string, ...string[]],
): Promise<CommandResult> {
  return runCommand(file, args, {
    env: userEnvironment({ proxyUrl, rootFile, folder, key }),
    timeoutMs: 60_000,
  });
}

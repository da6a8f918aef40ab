import { fileURLToPath } from 'node:url';
import { runCommand } from '@cloud-gateway/test-support';

/** The compiled `cloud-gateway`, as npm's link to it runs it. */
export const cliEntry = fileURLToPath(import.meta.resolve('@cloud-gateway/cli')).replace(
  'index.js',
  'main.js',
);

/** Runs one command with --json to its end and gives the object that it prints. Throws when it fails. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const { status, stdout, stderr } = await runCommand(process.execPath, [cliEntry, ...args, '--json'], {
    env: { ...env },
    timeoutMs: 60_000,
  });
  if (status !== 0) throw new Error(`cloud-gateway ${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

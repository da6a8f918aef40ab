import { fileURLToPath } from 'node:url';
import { type CommandResult, runCommand } from '@cloud-gateway/test-support';

/** The compiled program, as npm's link to it runs it. */
export const cliEntry = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export interface CliResult extends CommandResult {
  /** The lines of standard output, each parsed; throws when one is no JSON. */
  objects(): Record<string, unknown>[];
}

/** Runs one command to its end. `env` is its whole environment. */
export async function runCli(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  const result = await runCommand(process.execPath, [cliEntry, ...args], { env, timeoutMs: 60_000 });
  return { ...result, objects: () => jsonLines(result.stdout) };
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

import { runCommand } from '@cloud-gateway/test-support';

/** Runs `openssl`; gives what it wrote. Throws when it fails. */
export async function openssl(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCommand('openssl', args);
  if (status !== 0) throw new Error(`openssl ${args[0]} ended with ${status}: ${stderr}`);
  return stdout + stderr;
}

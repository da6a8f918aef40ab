// The tools of AWS that are no npm packages: boto3 and the AWS CLI. Where they are missing they are installed, if that
// needs nobody's password; otherwise what needs them is skipped, and says so.
import { type CommandResult, runCommand } from '@cloud-gateway/test-support';

/** A Python interpreter that has boto3, or why there is none. */
export function providePython(): Promise<Provided> {
  return provide('boto3', 'python3-boto3', async () => {
    for (const python of ['python3', '/usr/bin/python3']) {
      const found = await attempt(python, ['-c', 'import sys, boto3; print(sys.executable)']);
      if (found?.status === 0) return found.stdout.trim();
    }
    return undefined;
  });
}

/** The AWS CLI, or why there is none. */
export function provideAwsCli(): Promise<Provided> {
  return provide('The AWS CLI', 'awscli', async () => {
    const found = await attempt('aws', ['--version']);
    return found?.status === 0 ? 'aws' : undefined;
  });
}

export type Provided = { readonly program: string } | { readonly missing: string };

async function provide(
  what: string,
  debianPackage: string,
  find: () => Promise<string | undefined>,
): Promise<Provided> {
  const program = (await find()) ?? ((await install(debianPackage)) ? await find() : undefined);
  return program === undefined ? { missing: `${what} is not installed, and cannot be by us` } : { program };
}

// Lists are refreshed only when the first attempt fails: missing lists and stale ones look alike.
const installScript = `
install() { apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=60 "$@"; }
install "$@" || { apt-get update && install "$@"; }
`;

async function install(debianPackage: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const { PATH = '' } = process.env;
  const installed = await attempt('/bin/sh', ['-c', installScript, 'install', debianPackage], {
    env: { PATH: `${PATH}:/usr/sbin:/usr/bin:/sbin:/bin`, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 240_000,
  });
  return installed?.status === 0;
}

/** Undefined when there is no such program, or it does not end. */
async function attempt(
  file: string,
  args: string[],
  options: { readonly env?: Record<string, string>; readonly timeoutMs?: number } = {},
): Promise<CommandResult | undefined> {
  try {
    return await runCommand(file, args, options);
  } catch {
    return undefined;
  }
}

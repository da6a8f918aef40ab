// Tools of others that tests use as their users do. Where one is missing it is installed, if that needs nobody's password;
// otherwise what needs it is skipped, and says so.
import { type CommandResult, runCommand } from '@cloud-gateway/test-support';

export type Provided = { readonly program: string } | { readonly missing: string };

export interface Tool {
  /** For the reason why tests are skipped. */
  readonly name: string;
  readonly debianPackage: string;
  /** The program, undefined when it is not there. */
  readonly find: () => Promise<string | undefined>;
}

export async function provideTool({ name, debianPackage, find }: Tool): Promise<Provided> {
  const program = (await find()) ?? ((await install(debianPackage)) ? await find() : undefined);
  return program === undefined
    ? {
        missing: `${name} is not installed: sudo apt-get install -y --no-install-recommends ${debianPackage}`,
      }
    : { program };
}

/** A Python interpreter that has this module: the first on the path, or Debian's own, which its packages are for. */
export function providePythonWith(module: string, debianPackage: string): Promise<Provided> {
  return provideTool({
    name: module,
    debianPackage,
    async find() {
      for (const python of ['python3', '/usr/bin/python3']) {
        const found = await attempt(python, ['-c', `import sys, ${module}; print(sys.executable)`]);
        if (found?.status === 0) return found.stdout.trim();
      }
      return undefined;
    },
  });
}

/** Undefined when there is no such program, or it does not end. */
export async function attempt(
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

// Lists are refreshed only when the first attempt fails: missing lists and stale ones look alike.
const installScript = `
install() { apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=60 "$@"; }
install "$@" || { apt-get update && install "$@"; }
`;

async function install(debianPackage: string): Promise<boolean> {
  const { PATH = '' } = process.env;
  const env = { PATH: `${PATH}:/usr/sbin:/usr/bin:/sbin:/bin`, DEBIAN_FRONTEND: 'noninteractive' };
  const script = ['/bin/sh', '-c', installScript, 'install', debianPackage] as const;
  const [file, ...args] = process.getuid?.() === 0 ? script : (['sudo', '-n', ...script] as const);
  const installed = await attempt(file, args, { env, timeoutMs: 240_000 });
  return installed?.status === 0;
}

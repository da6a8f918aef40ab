// Installs Debian packages without letting them start the system's own servers.
// A system server that is running already is not touched: ours use other ports and folders.
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { type FindProgram, searchPath } from './find-program.ts';
import { runProgram } from './run-program.ts';

/** The command's beginning: apt-get's folder is on the search path; `sudo -n` in front when we are not root. */
export type PackageInstaller = { prefix: string[] };

const installDeadlineMs = 10 * 60_000;

/** Says whether packages can be installed without asking anybody: apt-get, and root or a sudo without password. */
export async function packageInstaller(find: FindProgram): Promise<PackageInstaller | undefined> {
  if (!find('apt-get')) return undefined;
  if (process.getuid?.() === 0) return { prefix: [] };
  const sudo = find('sudo');
  if (!sudo) return undefined;
  const { status } = await runProgram({
    file: sudo,
    args: ['-n', 'true'],
    env: aptEnvironment(),
    deadlineMs: 5000,
  });
  return status === 0 ? { prefix: [sudo, '-n'] } : undefined;
}

/** Installs the packages, or throws with the end of apt-get's output. */
export async function installPackages(
  packages: string[],
  { prefix }: PackageInstaller,
  say: (message: string) => void,
): Promise<void> {
  say(`Installing ${packages.join(' and ')}`);
  const [file, ...args] = [...prefix, '/bin/sh', '-c', installScript, 'install-packages', ...packages];
  const { status, output } = await runProgram({
    file: file as string, // the array literal above is never empty
    args,
    env: aptEnvironment(),
    deadlineMs: installDeadlineMs,
    onLine: (line) => /^(Get:|Unpacking |Setting up )/.test(line) && say(line.trim()),
  });
  if (status === 0) return say('Installed');
  const lastLines = output.trim().split('\n').slice(-12).join('\n');
  throw new EmbeddedServersError(
    `apt-get could not install ${packages.join(' and ')} ` +
      `(${status === null ? `not done after ${installDeadlineMs / 60_000} minutes` : `status ${status}`}):\n${lastLines}`,
  );
}

// One script, so that the temporary policy is removed whatever happens to us meanwhile. Lists are refreshed only when
// the first attempt fails: missing lists and stale ones look alike, and both are cured by an update.
const installScript = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
install() { apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"; }
export DEBIAN_FRONTEND=noninteractive
install "$@" || { apt-get update && install "$@"; }
`;

function aptEnvironment(): Record<string, string> {
  return { PATH: searchPath(), LC_ALL: 'C.UTF-8' };
}

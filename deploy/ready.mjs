// Makes a fresh clone ready to run: the right Node, the packages of package-lock.json, the compiled code. Does only what
// is missing, so it is quick the second time. Plain JavaScript without packages, because it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

requireNode('20.19.0');
if (packagesAreMissing()) {
  // Not `npm ci`: it refuses a lock file without the binaries of platforms that a registry does not offer. With --no-save
  // the versions are those of the lock file too, and it stays as it is.
  run('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], 'installing packages');
}
run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '--build'], 'compiling');

function requireNode(wanted) {
  const newer = wanted.localeCompare(process.versions.node, undefined, { numeric: true }) <= 0;
  if (!newer) fail(`Node.js ${wanted} or later is needed; this is ${process.versions.node}.`);
}

/** npm writes node_modules/.package-lock.json last: older than ours means interrupted or out of date. */
function packagesAreMissing() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

function run(command, args, what) {
  process.stderr.write(`${what} …\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) fail(`${what} failed: ${error.message}`);
  if (status !== 0) fail(`${what} failed, see above.`);
}

function fail(message) {
  process.stderr.write(`cloud-gateway: ${message}\n`);
  process.exit(1);
}

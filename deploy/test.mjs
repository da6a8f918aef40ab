// Every check and every test: `npm test`. The checks run beside the tests, and the files of the tests in several worker
// processes. Arguments go to mocha, as in `npm test -- --grep launch`; `npm test -- --reporter-option slowest=10` names the
// files that took the longest. The last line counts the tests, and the checks as one more failure if they fail.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
// Taken in this order: what is longest first, or the others would wait for it at the end.
const specs = ['test', 'deploy', 'services', 'libs'].map((folder) => `${folder}/*/dist/test/**/*.spec.js`);
const jobs = Math.min(availableParallelism(), 7) + 1; // one more than processors: tests wait for servers and clocks
const memoryDisk = '/dev/shm';
const memoryDiskWantsBytes = 8 * 2 ** 30; // several pairs of servers at once take some 2 GB
// biome-ignore lint/style/noProcessEnv: where the tests put their files is no setting of the gateway
const environment = process.env;
const outcomePattern = /^(\d+) passed, (\d+) failed, (\d+) skipped$/;

const children = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => endAll(signal));

const scratch = makeScratchFolder();
const [checksAreGood, tests] = await Promise.all([runChecks(), runTests(process.argv.slice(2))]);
removeScratchFolder();

const failed = tests.failed + (checksAreGood ? 0 : 1);
if (!checksAreGood) process.stdout.write('a check is not good, see above\n');
process.stdout.write(`${tests.passed} passed, ${failed} failed, ${tests.skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * A folder for the temporary files of the tests, their servers' data above all, in memory: half of the time of a test that
 * makes tables is spent in waiting for the disk. Undefined where memory is short or TMPDIR says another place.
 */
function makeScratchFolder() {
  if (environment.TMPDIR || freemem() < memoryDiskWantsBytes) return undefined;
  try {
    const { bavail, bsize } = statfsSync(memoryDisk);
    if (bavail * bsize < memoryDiskWantsBytes) return undefined;
    const folder = mkdtempSync(join(memoryDisk, 'cloud-gateway-'));
    chmodSync(folder, 0o711); // As the usual one: some tests run servers as another user in there.
    return folder;
  } catch {
    return undefined; // there is no such disk here
  }
}

/** After a failure it may hold what explains it. */
function removeScratchFolder() {
  if (scratch === undefined) return;
  if (tests.failed > 0 && readdirSync(scratch).length > 0)
    process.stdout.write(`left for a look: ${scratch}\n`);
  else rmSync(scratch, { recursive: true, force: true });
}

/** Shows the output when it is complete: in one piece, between the outputs of two files of tests. */
async function runChecks() {
  const child = start([join(root, 'deploy', 'check.mjs')]);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => output.push(piece));
  const status = await endOf(child);
  process.stdout.write(Buffer.concat(output));
  return status === 0;
}

/** Shows the output as it comes, apart from the outcome, which it returns. */
async function runTests(args) {
  const colour = process.stdout.isTTY ? ['--color'] : [];
  const env = scratch === undefined ? environment : { ...environment, TMPDIR: scratch };
  const child = start([mocha, '--parallel', '--jobs', `${jobs}`, ...colour, ...args, ...specs], env);
  child.stderr.pipe(process.stderr, { end: false });
  let outcome = { passed: 0, failed: 0, skipped: 0 };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const counts = outcomePattern.exec(line)?.slice(1).map(Number);
    if (!counts) return process.stdout.write(`${line}\n`);
    outcome = { passed: counts[0], failed: counts[1], skipped: counts[2] };
  });
  const status = await endOf(child);
  // Mocha may fail without a count: it cannot start, it is killed, something keeps it from ending.
  return status !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

/** In a process group of its own, so that it can be ended with everything that it has started. */
function start(args, env = environment) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

function endOf(child) {
  return new Promise((resolve) => {
    child.once('error', (err) => {
      process.stderr.write(`${err.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function endAll(signal) {
  for (const { pid, exitCode, signalCode } of children) {
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }
}

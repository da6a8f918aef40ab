// Loaded by mocha before any test (.mocharc.json, `require`): once per run, and with `--parallel` in every worker process
// too, which runs the hooks around each file but not what is global. Fails the run for anything that a test left open and
// for any secret in the captured output: mocha counts a throw here as a failure.
import type { RootHookObject } from 'mocha';
import type { ActiveResources } from './active-resources.ts';
import { expectNothingActive, rememberActive } from './expect-nothing-active.ts';
import { closeLeftOpen } from './left-open.ts';
import { refuseToHang } from './refuse-to-hang.ts';
import { searchCapturedLogs } from './run-captured-logs.ts';
import { removeRunFolder, shareRunFolder } from './run-folder.ts';
import { shareTestServers, stopTestServers } from './test-servers.ts';

const isWorker = process.env['MOCHA_WORKER_ID'] !== undefined;

export async function mochaGlobalSetup(): Promise<void> {
  if (!process.argv.includes('--parallel')) return;
  shareRunFolder();
  await shareTestServers();
}

let activeBefore: ActiveResources | undefined;

export const mochaHooks: RootHookObject = {
  async beforeAll() {
    activeBefore ??= await rememberActive();
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    const leftOpen = await closeLeftOpen(); // before the servers are stopped, which it may need
    if (isWorker) leftOpen.push(...(await stillActive()));
    failFor(leftOpen.map((what) => (isWorker ? `${what}, in ${fileOf(this)}` : what)));
  },
};

export async function mochaGlobalTeardown(): Promise<void> {
  const secretsAt = searchCapturedLogs();
  await stopTestServers();
  refuseToHang();
  removeRunFolder({ keepLogs: secretsAt.length > 0 });
  failFor(secretsAt.map((place) => `a secret was written to ${place}`));
}

async function stillActive(): Promise<string[]> {
  const complaints = await expectNothingActive(activeBefore ?? new Map());
  if (complaints.length > 0) activeBefore = undefined; // it is not a fault of the next file
  return complaints;
}

/** The one file that a worker has run just now. */
function fileOf(root: Mocha.Context): string {
  return root.test?.parent?.suites[0]?.file ?? 'a file without tests';
}

function failFor(complaints: string[]): void {
  if (complaints.length > 0)
    throw new Error(`The tests left something behind:\n  ${complaints.join('\n  ')}`);
}

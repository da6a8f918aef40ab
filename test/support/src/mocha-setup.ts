// Loaded by mocha before any test (.mocharc.json, `require`). Closes what the run has opened and shared, and fails the run
// for anything that a test left open and for any secret in the captured output: mocha counts a throw here as a failure.

import { closeLeftOpen } from './left-open.ts';
import { refuseToHang } from './refuse-to-hang.ts';
import { searchCapturedLogs } from './run-captured-logs.ts';
import { removeRunFolder } from './run-folder.ts';
import { stopTestServers } from './test-servers.ts';

export async function mochaGlobalTeardown(): Promise<void> {
  const leftOpen = await closeLeftOpen(); // before the servers, which it may need
  const secretsAt = searchCapturedLogs();
  await stopTestServers();
  refuseToHang();
  removeRunFolder({ keepLogs: secretsAt.length > 0 });

  const complaints = [...leftOpen, ...secretsAt.map((place) => `a secret was written to ${place}`)];
  if (complaints.length > 0)
    throw new Error(`The tests left something behind:\n  ${complaints.join('\n  ')}`);
}

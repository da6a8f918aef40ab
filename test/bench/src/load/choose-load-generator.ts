import { spawnSync } from 'node:child_process';
import { autocannon } from './autocannon.ts';
import type { LoadGenerator } from './load-generator.ts';
import { wrk } from './wrk.ts';

/** wrk when it is installed, or can be without a password; else autocannon. */
export function chooseLoadGenerator(say: (line: string) => void): LoadGenerator {
  if (isWrkInstalled()) return wrk;
  if (process.getuid?.() === 0) {
    say(`Installing wrk: apt-get ${installArguments.join(' ')}`);
    spawnSync('apt-get', installArguments, { stdio: 'ignore' });
    if (isWrkInstalled()) return wrk;
  }
  say(`wrk is missing (apt-get ${installArguments.join(' ')}); autocannon has to do`);
  return autocannon;
}

const installArguments = ['install', '-y', '--no-install-recommends', 'wrk'];

function isWrkInstalled(): boolean {
  return spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined;
}

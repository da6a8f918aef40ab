// What `npm test` runs, on three files of our own: workers share the servers and the folder of the run, and the run fails
// for what any of them leaves behind.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type CommandResult, runCommand } from '../src/run-command.ts';
import { serverStartTimeoutMs, testServers } from '../src/test-servers.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../../', import.meta.url));

describe('a run in several processes', function () {
  this.timeout(serverStartTimeoutMs);
  let result: CommandResult;
  before(async () => {
    const { databaseUrl, amqpUrl, managementUrl } = await testServers();
    result = await runCommand(
      process.execPath,
      [
        `${root}node_modules/mocha/bin/mocha.js`,
        '--config',
        `${root}.mocharc.json`,
        '--parallel',
        '--jobs',
        '3',
        `${here}parallel-run/*.js`,
      ],
      {
        env: {
          GATEWAY_TEST_DATABASE_URL: databaseUrl,
          GATEWAY_TEST_AMQP_URL: amqpUrl,
          GATEWAY_TEST_MANAGEMENT_URL: managementUrl,
        },
        timeoutMs: 60_000,
      },
    );
  });

  it('fails for what one file has left open, and names the file', () => {
    expect(result.stdout).to.match(
      /left open: database test_\w+, opened at .*leaves-a-database\.\w+:\d+:\d+, in .*\/leaves-a-database\.js\n/,
    );
  });

  it('fails for a secret that one process knows and another has logged', () => {
    const [, log] = /a secret was written to (\S+\/careless\.log):1\n/.exec(result.stderr) ?? [];
    expect(log, result.stderr).to.be.a('string');
    rmSync(dirname(dirname(String(log))), { recursive: true }); // kept as evidence
  });

  it('counts both in its status and in its last line', () => {
    expect(result.stdout.trimEnd().split('\n').at(-1)).to.equal('3 passed, 2 failed, 0 skipped');
    expect(result.status).to.equal(2);
  });
});

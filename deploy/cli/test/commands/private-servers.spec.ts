// `start` as a new user runs it: nothing is configured but the folder, so it brings its own servers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  eventually,
  rememberSecret,
  runCommand,
  type SpawnedService,
  spawnService,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { cliEntry, runCli } from './run-cli.ts';

describe('the program, on servers of its own', function () {
  this.timeout(120_000);
  let folder: string;
  let env: Record<string, string>;
  let gateway: SpawnedService;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-private-'));
    env = {
      GATEWAY_DATA_DIR: path.join(folder, 'data'),
      GATEWAY_EDGE_PORT: '0',
      GATEWAY_EC2_ENDPOINT: 'http://127.0.0.1:9', // Nobody: no test may reach AWS.
    };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function start(isFarEnough: string): Promise<SpawnedService> {
    return spawnService({
      entry: cliEntry,
      args: ['start'],
      env,
      name: 'cli-private',
      ready: { logLine: (line) => line.includes(isFarEnough) },
      readyTimeoutMs: 60_000,
    });
  }

  async function interrupt(): Promise<void> {
    process.kill(gateway.pid, 'SIGINT');
    await eventually(() => gateway.lines.includes('Stopping; Ctrl-C again ends it at once.'));
  }

  async function expectNothingLeft(): Promise<void> {
    await eventually(async () => !(await runCommand('ps', ['-eo', 'args'])).stdout.includes(folder), {
      timeoutMs: 40_000,
      message: 'Its servers are still there',
    });
  }

  it('tells its progress, the administrator once, and where it is', async () => {
    gateway = await start('/readyz');
    const told = gateway.lines.filter((line) => !line.startsWith('{'));
    const log = gateway.lines.filter((line) => line.startsWith('{'));

    expect(told.join('\n')).to.match(/ {2}RabbitMQ is ready on 127\.0\.0\.1:\d+/);
    expect(told).to.include('  edge is running');
    expect(told.join('\n')).to.match(/\nCloud Gateway is running\. Ctrl-C stops it\.\n {2}API {4}http:/);
    for (const line of log) expect(JSON.parse(line)).to.include.all.keys('time', 'level', 'service');
  });

  it('lets the administrator in, with nothing but what it told', async () => {
    const [clientId, clientSecret] = ['client id', 'client secret'].map((name) =>
      gateway.lines
        .find((line) => line.startsWith(`  ${name} `))
        ?.split(/ {2,}/)
        .at(-1),
    );
    // Not remembered: to print this secret once is what the first start is for.
    const { status, stdout, stderr } = await runCli(['token', '--client-id', String(clientId)], {
      ...env,
      GATEWAY_CLIENT_SECRET: String(clientSecret),
    });
    expect(status, stderr).to.equal(0);
    rememberSecret(stdout.trim());
  });

  it('refuses a second start in the same folder, naming the first', async () => {
    const { status, stdout, stderr } = await runCli(['start'], env);
    expect(status).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.equal(
      `cloud-gateway: Process ${gateway.pid} already runs private servers in ${env['GATEWAY_DATA_DIR']}\n`,
    );
  });

  it('ends at once at the second Ctrl-C, and its servers follow it', async () => {
    await interrupt();
    expect(await gateway.kill('SIGINT')).to.deep.equal({ status: 130, signal: null });
    await expectNothingLeft();
  });

  it('starts again over the same data; Ctrl-C during the start stops it in order', async () => {
    gateway = await start('MariaDB is ready on');
    await interrupt();
    expect(await gateway.exited).to.deep.equal({ status: 0, signal: null });
    expect(gateway.lines).not.to.include('  edge is running');
    await expectNothingLeft();
  });

  it('client create: starts the database for the occasion, and finds the data of before', async () => {
    const { status, objects } = await runCli(['client', 'create', '--name', 'later', '--json'], env);
    expect(status).to.equal(0);
    expect(objects()).to.have.length(1);
    expect((await runCli(['migrate', '--json'], env)).objects()).to.deep.equal([{ migrations: [] }]);
    await expectNothingLeft();
  });
});

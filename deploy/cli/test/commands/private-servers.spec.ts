// `start` as a new user runs it: nothing is configured but the folder, so it brings its own servers; and the commands that
// call the gateway as its clients do, over its broker too.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGatewayClient } from '@cloud-gateway/client';
import { demoUsers, type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
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
  let simulator: Simulator;
  let administrator: { GATEWAY_CLIENT_ID: string; GATEWAY_CLIENT_SECRET: string };

  before(async () => {
    simulator = await startSimulator({ transitionMs: 200 });
    folder = mkdtempSync(path.join(tmpdir(), 'cli-private-'));
    env = {
      GATEWAY_DATA_DIR: path.join(folder, 'data'),
      GATEWAY_EDGE_PORT: '0',
      GATEWAY_EC2_ENDPOINT: simulator.url,
      GATEWAY_EC2_REGIONS: 'us-east-1',
      GATEWAY_CLOUDS: 'ec2',
      GATEWAY_LOG_LEVEL: 'debug', // For the trace.
      GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true',
      GATEWAY_WEBHOOKS_ATTEMPTS: '1',
    };
  });
  after(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

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
    administrator = {
      GATEWAY_CLIENT_ID: String(clientId),
      GATEWAY_CLIENT_SECRET: String(clientSecret),
    };
  });

  describe('as a client', () => {
    let instance: string;
    let requestId: string;
    let subscription: string;
    const run = (...args: string[]) => runCli(args, { ...env, ...administrator });
    /** The objects that a command prints with --json; its last word is its error. */
    async function ask(...args: string[]): Promise<Record<string, unknown>[]> {
      const { status, stderr, objects } = await run(...args, '--json');
      expect(status, stderr).to.equal(0);
      return objects();
    }
    const told = () =>
      JSON.parse(readFileSync(path.join(String(env['GATEWAY_DATA_DIR']), 'gateway.json'), 'utf8')) as {
        edgeUrl: string;
        amqpUrl: string;
      };

    it('resources: says what to do before an account is proven', async () => {
      const { status, stderr } = await run('resources', 'list', 'instances');
      expect(status).to.equal(1);
      expect(stderr).to.match(/^cloud-gateway: You have not proven a cloud account yet: POST \/v1\/accounts/);
    });

    it('subscriptions: makes one that stays, and shows it', async () => {
      await proveAccount();
      const filter = ['--type', 'instance', '--state', 'pending', '--state', 'running'];
      const args = ['subscriptions', 'create', '--name', 'kept', '--age', '60'];
      const [made] = await ask(...args, ...filter);
      expect(made).to.deep.include({ name: 'kept', state: 'active' });
      subscription = String(made?.['id']);
      const shown = await run('subscriptions', 'show', subscription);
      expect(shown.stdout)
        .to.match(/^filter\.states +pending, running$/m)
        .and.match(/^delivery\.ageMaxSeconds +60$/m);
    });

    it('events: prints what happens to what `resources launch` makes, and leaves nothing behind', async () => {
      const [image] = await eventually(async () => {
        const images = await ask('resources', 'list', 'images', '--state', 'available', '--limit', '1');
        return images.length > 0 && images;
      });
      const events = await spawnService({
        entry: cliEntry,
        args: ['events', '--follow', '--type', 'instances', '--change', 'discovered', '--change', 'state'],
        env: { ...env, ...administrator },
        name: 'cli-events',
        ready: { logLine: (line) => line === 'Subscribed to ec2-123456789012. Ctrl-C ends it.' },
      });
      const [launched] = await ask(
        ...['resources', 'launch', '--image', String(image?.['cloudId']), '--type', 't3.micro'],
        ...['--name', 'mine', '--tag', 'purpose=test', '--wait', '20'],
      );
      expect(launched).to.include({ state: 'running', name: 'mine', region: 'us-east-1' });
      instance = String(launched?.['cloudId']);
      const lines = () => events.lines.filter((line) => line.includes(instance));
      await eventually(() => lines().some((line) => line.includes('pending → running')));
      expect(lines()[0]).to.match(/^\S+Z {2}ec2-123456789012 {2}instance .* discovered .* by request req_/);
      requestId = String(lines()[0]?.split(' by request ')[1]);

      expect(await events.kill('SIGINT')).to.deep.equal({ status: 0, signal: null });
      const left = (await run('subscriptions', 'list')).stdout;
      expect(left).to.match(new RegExp(`^id +name .*\\n${subscription} +kept +queue +active .*\\n$`));
    });

    it('resources: shows, lists, changes, acts, tells the history; over AMQP alone too', async () => {
      const shown = await run('resources', 'show', 'instance', instance);
      expect(shown.stdout)
        .to.match(/^tags\.purpose +test$/m)
        .and.match(/^etag +W\//m);
      const args = ['resources', 'list', 'instances', '--tag', 'purpose=test', '--sort', '-name'];
      const table = (await run(...args)).stdout;
      expect(table).to.match(/^id +name +state +type +address +region +age\n/);
      expect(table).to.match(new RegExp(`\n${instance} +mine +running +t3\\.micro .*us-east-1 +\\d+ s\n$`));

      const [renamed] = await ask('resources', 'update', 'instance', instance, '--name', 'ours');
      expect(renamed).to.include({ name: 'ours' });
      const brokerUrl = new URL(told().amqpUrl);
      brokerUrl.username = '';
      brokerUrl.password = '';
      const url = ['--url', brokerUrl.href];
      const stopped = await run('resources', 'stop', instance, '--wait', '20', ...url);
      expect(stopped.stdout, stopped.stderr).to.equal(`${instance} (ours) is stopped.\n`);
      const history = await ask('resources', 'history', 'instance', instance, ...url);
      const states = history.map(({ state }) => state);
      expect(states.at(-1)).to.equal('pending');
      expect(states[0]).to.equal('stopped');

      const refused = await run('resources', 'destroy', 'instance', instance, '--if-match', 'W/"old.1"');
      expect(refused.stderr).to.match(
        /^cloud-gateway: .*\(precondition-failed, request \S+\)\. Read it again/,
      );
      expect(refused.stderr.trim().split('\n')).to.have.length(1);
    });

    it('events --from: prints what is stored, in order, and ends by itself', async () => {
      const args = ['events', '--account', 'ec2-123456789012', '--type', 'instance'];
      const stored = (await ask(...args, '--from', '0')).filter(({ cloudId }) => cloudId === instance);
      expect(stored[0]).to.deep.include({ change: 'discovered', cause: { kind: 'request', id: requestId } });
      const sequences = stored.map((event) => Number(event['sequence']));
      expect(sequences).to.deep.equal([...sequences].sort((a, b) => a - b));
      const later = await ask(...args, '--from', String(sequences.at(-1)));
      expect(later.filter(({ cloudId }) => cloudId === instance)).to.deep.equal([]);
    });

    it('subscriptions: tells what a webhook has not taken, and has it posted again', async () => {
      const startedAt = new Date(0).toISOString();
      const nobody = 'http://127.0.0.1:1/';
      const filter = ['--type', 'instance', '--state', 'stopped', '--from', startedAt];
      const [made] = await ask('subscriptions', 'create', '--webhook', nobody, ...filter);
      const webhook = String(made?.['id']);
      const [letter] = await eventually(async () => {
        const letters = await ask('subscriptions', 'dead-letters', webhook);
        return letters.length > 0 && letters;
      });
      expect(letter).to.include({ attempts: 1, lastStatus: null });
      const listed = (await run('subscriptions', 'dead-letters', webhook)).stdout;
      expect(listed)
        .to.match(/^dead letter +since +attempts +answer +event +reason\n/)
        .and.include(String(letter?.['id']));

      const again = await ask('subscriptions', 'redeliver', webhook);
      expect(again).to.deep.equal([{ redelivered: letter?.['id'] }]);
      const [returned] = await eventually(async () => {
        const letters = await ask('subscriptions', 'dead-letters', webhook);
        return letters.length > 0 && letters;
      });
      expect(returned?.['eventId']).to.equal(letter?.['eventId']);
      await run('subscriptions', 'remove', webhook);
    });

    it('trace: shows the way of the launch from the edge to its event', async () => {
      const entries = await ask('trace', requestId);
      const whats = entries.map(({ where, what }) => `${String(where)}: ${String(what)}`);
      for (const sign of [
        /^edge: POST \/v1\/clouds\/ec2\/.*\/instances from /,
        /^cloud-adapter: takes it from the broker: write instance-create of cli_/,
        /^store: its idempotency key is taken, for cli_/,
        /^cloud: ec2 us-east-1 RunInstances: ok/,
        /^store: revision 1 of instance i-.*: discovered, pending/,
        /^edge: answered 201/,
        new RegExp(`^event: instance discovered pending, sequence \\d+: published to ${subscription};`),
      ])
        expect(
          whats.some((what) => sign.test(what)),
          `${sign} in\n${whats.join('\n')}`,
        ).to.equal(true);
      expect(entries.some(({ note }) => note !== undefined)).to.equal(false);

      const removed = await run('subscriptions', 'remove', subscription);
      expect(removed.stdout).to.equal(`${subscription} is gone.\n`);
      const unknown = await run('trace', 'req_nobody');
      expect(unknown).to.include({ status: 1, stderr: '' });
      expect(unknown.stdout).to.match(/^Nothing is known of req_nobody\./);
    });

    async function proveAccount(): Promise<void> {
      const { GATEWAY_CLIENT_ID: clientId, GATEWAY_CLIENT_SECRET: clientSecret } = administrator;
      const client = createGatewayClient({ url: told().edgeUrl, clientId, clientSecret });
      const { accessKeyId, secretAccessKey } = demoUsers[0];
      const credentials = { kind: 'access-key' as const, accessKeyId, secretAccessKey };
      await client.call('account-prove', { body: { cloud: 'ec2', credentials } });
      await client.close();
    }
  });

  it('refuses a second start in the same folder, naming the first', async () => {
    const { status, stdout, stderr } = await runCli(['start'], env);
    expect(status).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.equal(
      `cloud-gateway: Process ${gateway.pid} already runs private servers in ${env['GATEWAY_DATA_DIR']}\n`,
    );
  });

  describe('when it is stopped', () => {
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
});

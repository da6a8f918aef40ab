import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';

const program = fileURLToPath(import.meta.resolve('@cloud-gateway/cli')).replace('index.js', 'main.js');

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly instance?: string;
  readonly repeatedWithSameKey?: string;
  readonly account?: string;
  readonly count?: number;
  readonly calls?: number;
  readonly events?: { sequence: number; change: string; newState: string }[];
  readonly messages?: { exchange: string; routingKey: string }[];
  readonly timeline?: { where: string; what: string }[];
  readonly revisions?: { revision: number; state: string; cause: { kind: string } }[];
}

describe('cloud-gateway demo', function () {
  this.timeout(240_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-demo-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('does the main job on real servers, and ends with 0', async () => {
    await expectTheTour();
  });

  it('does it again over the same data', async () => {
    await expectTheTour();
  });

  it('leaves no process behind, and no secret where others could read it', async () => {
    const servers = await readFile(path.join(folder, '.gateway', 'demo', 'servers.json'), 'utf8');
    const { mariadb, rabbitmq } = JSON.parse(servers);

    await eventually(async () => {
      const { stdout } = await runCommand('ps', ['-eo', 'args']);
      return !stdout.includes(folder);
    });
    const log = await readFile(path.join(folder, '.gateway', 'demo', 'gateway.log'), 'utf8');
    for (const secret of [mariadb.password, rabbitmq.password, 'demo-secret-of-account-one']) {
      expect(log.includes(secret)).to.equal(false);
    }
    expect(/cgw_[tsa]_\w{20}/.test(log)).to.equal(false);
  });

  async function expectTheTour(): Promise<void> {
    const { status, stdout, stderr } = await runCommand(
      process.execPath,
      [program, 'demo', '--exit', '--json'],
      {
        env: { ...process.env, GATEWAY_DATA_DIR: path.join(folder, '.gateway'), GATEWAY_EDGE_PORT: '0' },
        timeoutMs: 110_000,
      },
    );
    expect(status, stderr).to.equal(0);
    const steps = stdout
      .trim()
      .split('\n')
      .map((line): Step => JSON.parse(line));

    expect(steps.map(({ step }) => step)).to.deep.equal([
      'start',
      'authenticate',
      'show-capabilities',
      'prove-account',
      'list-images',
      'subscribe',
      'launch-instance',
      'show-messages',
      'trace-launch',
      'read-over-amqp',
      'attach-volume',
      'change-safely',
      'destroy-volume',
      'stop-instance',
      'terminate-instance',
      'read-history',
      'sync-changes',
      'open-access',
      'use-proxy',
      'finished',
    ]);
    expect(steps.filter(({ ok }) => !ok)).to.deep.equal([]);
    const find = (name: string) => steps.find(({ step }) => step === name);
    expect(find('list-images')?.count).to.be.greaterThan(5);
    const launch = find('launch-instance');
    expect(launch?.instance).to.match(/^i-[0-9a-f]+$/);
    expect(launch?.repeatedWithSameKey).to.equal(launch?.instance);
    expect(find('show-messages')?.messages?.[0]?.routingKey).to.match(/^write\.v1\.clouds\.ec2\.accounts\./);

    const signs = find('trace-launch')?.timeline?.map(({ where }) => where);
    expect(signs).to.include.members(['edge', 'cloud-adapter', 'cloud', 'store', 'event']);
    expect(find('read-over-amqp')?.instance).to.equal(launch?.instance);

    expect(find('attach-volume')).to.include({ state: 'available', attachmentState: 'attached' });

    expect(find('change-safely')).to.include({ first: 200, second: 412 });
    expect(find('use-proxy')).to.include({ allowed: 200, notApproved: 400, revoked: 400 });
    expect(find('use-proxy')?.calls).to.be.at.least(3);

    const events = [launch, find('stop-instance'), find('terminate-instance')].flatMap(
      (step) => step?.events ?? [],
    );
    // None can be missed: what the gateway was asked for it records at once, and the poller looks for the rest.
    const life = ['pending', 'running', 'stopping', 'stopped', 'terminating', 'terminated'];
    const changes = events.filter(({ change }) => change !== 'updated');
    expect(changes.map(({ newState }) => newState)).to.deep.equal(life);
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).to.deep.equal([...new Set(sequences)].sort((a, b) => a - b));
    const states = find('read-history')?.revisions?.map(({ state }) => state) ?? [];
    expect(states.filter((state, i) => state !== states[i + 1]).toReversed()).to.deep.equal(life);
  }
});

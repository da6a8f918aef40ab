// What each command says where nothing runs, and to options and settings that are wrong: one clear line, no stack.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { runCli } from './run-cli.ts';

describe('the program, where no gateway runs', () => {
  let folder: string;
  let env: Record<string, string>;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-alone-'));
    env = { GATEWAY_DATA_DIR: path.join(folder, 'data') };
  });
  after(() => rmSync(folder, { recursive: true }));
  // No command of this file may start a server, or leave anything behind.
  afterEach(() => expect(existsSync(path.join(folder, 'data'))).to.equal(false));

  it('lists its commands', async () => {
    const { status, stdout } = await runCli(['--help']);
    expect(status).to.equal(0);
    for (const command of [
      'demo',
      'start',
      'status',
      'migrate',
      'client',
      'token',
      'ca',
      'polling',
      'refresh',
      'dead-letters',
      'config',
      'resources',
      'events',
      'subscriptions',
      'trace',
      'completion',
    ])
      expect(stdout).to.match(new RegExp(`^  ${command}\\b`, 'm'));
  });

  it('refuses an option, a service, a permission, a number that there is not', async () => {
    const wrong: [string[], RegExp][] = [
      [['start', '--bogus'], /unknown option '--bogus'/],
      [
        ['start', 'bogus'],
        /Allowed choices are credentials, cloud-adapter, subscriptions, poller, csg, edge\./,
      ],
      [['client', 'create', '--name', 'x', '--permission', 'bogus'], /Allowed choices are .*resources:read/],
      [['token', '--client-id', 'x', '--expires-in', 'soon'], /must be a whole number from 60 to 86400/],
      [['token', '--client-id', 'x', '--url', 'nowhere'], /must be a URL such as/],
      [['polling', '--state', 'bored'], /Allowed choices are ok, partial, failing/],
      [['refresh', 'ec2-1', '--timeout', '0'], /must be a whole number from 1 to 3600/],
      [['dead-letters', 'list', '--limit', '0'], /must be a whole number from 1 to/],
      [['resources', 'list', 'bogus'], /Allowed are datacenters, .*placement-groups\./],
      [['resources', 'create', 'datacenter'], /Allowed are images, instances, /],
      [['events', '--from', 'yesterday'], /must be a sequence such as 120, or a time such as/],
    ];
    const results = await Promise.all(wrong.map(([args]) => runCli(args, env)));

    for (const [i, { status, stdout, stderr }] of results.entries()) {
      expect(status).to.equal(1);
      expect(stdout).to.equal('');
      expect(stderr).to.match(wrong[i]?.[1] as RegExp);
      expect(stderr.trim().split('\n')).to.have.length(2, stderr);
    }
  });

  it('says every wrong setting before it starts anything', async () => {
    const wrong = { ...env, GATEWAY_EDGE_PORT: '99999', GATEWAY_LOG_LEVEL: 'loud' };
    const commands = [['start'], ['start', '--json'], ['demo', '--exit']];
    for (const { status, stderr } of await Promise.all(commands.map((args) => runCli(args, wrong)))) {
      expect(status).to.equal(78);
      expect(stderr).to.include('GATEWAY_EDGE_PORT: expected a whole number from 0 to 65535, got "99999"');
      expect(stderr).to.include('GATEWAY_LOG_LEVEL: expected one of debug, info, warn, error, got "loud"');
      expect(stderr).not.to.include('    at ');
    }
  });

  it('tells what to do when there is no gateway to ask', async () => {
    const asked = [
      ['token', '--client-id', 'x'],
      ['polling'],
      ['refresh', 'ec2-123456789012'],
      ['dead-letters', 'list'],
      ['dead-letters', 'discard', 'x'],
      ['resources', 'list', 'instances'],
      ['events', '--follow'],
      ['trace', 'req_x'],
    ];
    const withSecret = { ...env, GATEWAY_CLIENT_ID: 'x', GATEWAY_CLIENT_SECRET: 'x' };
    const results = await Promise.all(asked.map((args) => runCli(args, withSecret)));
    for (const { status, stdout, stderr } of results) {
      expect(status).to.equal(1);
      expect(stdout).to.equal('');
      expect(stderr).to.match(
        /^cloud-gateway: No gateway runs from .*\. Start one with `cloud-gateway start`/,
      );
    }
  });

  it('status: says so and ends with 1', async () => {
    const told = await runCli(['status'], env);
    expect(told).to.include({ status: 1, stderr: '' });
    expect(told.stdout).to.include('No gateway runs from');

    const json = await runCli(['status', '--json'], env);
    expect(json.status).to.equal(1);
    expect(json.objects()).to.deep.equal([{ running: false, dataDir: env['GATEWAY_DATA_DIR'] }]);
  });

  it('token: wants the secret by the environment', async () => {
    const { status, stderr } = await runCli(['token', '--client-id', 'x'], env);
    expect(status).to.equal(1);
    expect(stderr).to.match(/^cloud-gateway: Set GATEWAY_CLIENT_SECRET .*\n$/);
  });

  it('wants to know who asks, and for which events', async () => {
    const unknown = await runCli(['resources', 'list', 'volumes'], env);
    expect(unknown.stderr).to.match(/^cloud-gateway: It is not known who you are: set GATEWAY_CLIENT_ID and/);
    const endless = await runCli(['events'], env);
    expect(endless.stderr).to.match(/^cloud-gateway: Add --follow .* or --from /);
    const ownerless = await runCli(['events', '--from', '12'], env);
    expect(ownerless.stderr).to.match(/^cloud-gateway: A sequence belongs to one account/);
  });

  it('resources types: lists them without a gateway', async () => {
    const types = (await runCli(['resources', 'types', '--json'], env)).objects();
    expect(types.find(({ type }) => type === 'volume')?.['calls']).to.include.members(['create', 'destroy']);
  });

  it('master-key rotate: there is no key yet, or it is not in a file', async () => {
    const none = await runCli(['master-key', 'rotate'], env);
    expect(none.stderr).to.match(/^cloud-gateway: There is no key file .*; the first start makes it\.\n$/);

    const given = { ...env, GATEWAY_MASTER_KEY: Buffer.alloc(32, 1).toString('base64') };
    const elsewhere = await runCli(['master-key', 'rotate'], given);
    expect(elsewhere.status).to.equal(1);
    expect(elsewhere.stderr).to.match(/^cloud-gateway: The master key comes from GATEWAY_MASTER_KEY/);
  });

  it('config: lists every setting, also as JSON', async () => {
    const [told, json] = await Promise.all([runCli(['config'], env), runCli(['config', '--json'], env)]);
    expect(told.stdout).to.match(/^setting +default +meaning\n/);
    expect(told.stdout).to.match(/^GATEWAY_EDGE_PORT +8080 +Port of the HTTP listener\.$/m);
    const port = json.objects().find(({ name }) => name === 'GATEWAY_EDGE_PORT');
    expect(port).to.include({ kind: 'port', default: '8080', required: false });
  });

  it('names the database that does not answer', async () => {
    const away = { ...env, GATEWAY_DATABASE_URL: 'mysql://nobody:nothing@127.0.0.1:1/x' };
    const { status, stderr } = await runCli(['migrate'], away);
    expect(status).to.equal(1);
    expect(stderr).to.equal(
      'cloud-gateway: The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED). Check GATEWAY_DATABASE_URL, and that it runs.\n',
    );
  });
});

// The commands beside a gateway that runs on servers which it was given: an operator's day.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accountProveRoute, tokenShowRoute, topology } from '@cloud-gateway/contracts';
import { openVault } from '@cloud-gateway/runtime';
import { demoUsers, type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import {
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  rememberSecret,
  type SpawnedService,
  serverStartTimeoutMs,
  spawnService,
  type TestDatabase,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { cliEntry, runCli } from './run-cli.ts';

describe('the program, on servers that it was given', function () {
  this.timeout(serverStartTimeoutMs);
  let folder: string;
  let env: Record<string, string>;
  let simulator: Simulator;
  let database: TestDatabase;
  let virtualHost: TestVirtualHost;
  let gateway: SpawnedService;
  let edgeUrl: string;
  let proxyUrl: string;
  let operator: { clientId: string; clientSecret: string };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-given-'));
    simulator = await startSimulator();
    database = await createTestDatabase();
    virtualHost = await createTestVirtualHost();
    for (const url of [database.url, virtualHost.url]) rememberSecret(new URL(url).password);
    env = {
      GATEWAY_DATA_DIR: folder,
      GATEWAY_DATABASE_URL: database.url,
      GATEWAY_AMQP_URL: virtualHost.url,
      GATEWAY_EDGE_PORT: '0',
      GATEWAY_CSG_PORT: '0',
      GATEWAY_EC2_ENDPOINT: simulator.url,
      GATEWAY_LOG_FILE: path.join(folder, 'logs', 'gateway.log'),
    };
  });
  after(async () => {
    await gateway?.stop();
    await simulator.stop();
    await database.drop();
    await virtualHost.remove();
    rmSync(folder, { recursive: true });
  });

  it('migrate: brings an empty database to the schema, and says so when there is nothing to do', async () => {
    const first = await runCli(['migrate', '--json'], env);
    expect(first.objects()).to.have.length(1);
    expect(first.objects()[0]?.['migrations']).to.include('001-identity');
    const second = await runCli(['migrate'], env);
    expect(second).to.include({ status: 0, stdout: 'The database has the present schema already.\n' });
  });

  it('client create: shows the secret once', async () => {
    const { status, objects } = await runCli(
      ['client', 'create', '--name', 'operator', '--administrator', '--json'],
      env,
    );
    expect(status).to.equal(0);
    const [made] = objects();
    operator = made as typeof operator;
    rememberSecret(operator.clientSecret);
    expect(made).to.have.all.keys('clientId', 'clientSecret', 'organizationId');

    const told = await runCli(
      ['client', 'create', '--name', 'reader', '--permission', 'resources:read'],
      env,
    );
    expect(told.stdout).to.match(
      /^The secret is shown only now; keep it:\n {2}client id {6}cli_\w+\n {2}client secret {2}cgw_s_\w+\n$/,
    );
  });

  it('start: starts the services and no server, everything it prints is JSON', async () => {
    gateway = await spawnService({
      entry: cliEntry,
      args: ['start', '--json'],
      env: { ...env, GATEWAY_LOG_FORMAT: 'pretty' }, // --json is stronger
      name: 'cli-start',
      ready: { logLine: (line) => line.includes('"event":"started"') },
      readyTimeoutMs: 60_000,
    });
    const lines = gateway.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const started = lines.find(({ event }) => event === 'started');
    edgeUrl = String(started?.['edgeUrl']);
    proxyUrl = String(started?.['proxyUrl']);

    const description = await fetch(`${edgeUrl}/v1/openapi.json`);
    expect(description.status).to.equal(200);
    await description.text();
    expect(lines.some(({ service, level }) => service === 'edge' && level === 'info')).to.equal(true);
    // The operator was there first, so nobody else was made an administrator.
    expect(lines.some(({ event }) => event === 'administrator-created')).to.equal(false);
    expect(readdirSync(folder).sort()).to.deep.equal(['csg', 'gateway.json', 'logs', 'master.key']);
    const logged = readFileSync(path.join(folder, 'logs', 'gateway.log'), 'utf8')
      .trim()
      .split('\n');
    expect(logged.map((line) => (JSON.parse(line) as { service: string }).service)).to.include('edge');
  });

  it('status: shows every check', async () => {
    const told = await runCli(['status'], env);
    expect(told.status).to.equal(0);
    expect(told.stdout).to.match(/^Ready\. Process \d+, since /);
    expect(told.stdout).to.match(/^credentials\.database +ok$/m);

    const [json] = (await runCli(['status', '--json'], env)).objects();
    expect(json).to.include({ running: true, ready: true, pid: gateway.pid, edgeUrl });
  });

  it('token: makes one that the gateway takes', async () => {
    const { status, stdout } = await runCli(['token', '--client-id', operator.clientId], {
      ...env,
      GATEWAY_CLIENT_SECRET: operator.clientSecret,
    });
    expect(status).to.equal(0);
    const token = stdout.trim();
    rememberSecret(token);
    expect((await showToken(edgeUrl, token)).clientId).to.equal(operator.clientId);

    const wrong = await runCli(['token', '--client-id', operator.clientId, '--url', edgeUrl], {
      ...env,
      GATEWAY_CLIENT_SECRET: 'not the secret',
    });
    expect(wrong.status).to.equal(1);
    expect(wrong.stderr).to.match(
      /^cloud-gateway: There is no active client .*\(unauthenticated, request req_/,
    );
  });

  it('polling: shows what is polled from the moment an account is proven', async () => {
    const none = await runCli(['polling'], env);
    expect(none).to.include({ status: 0 });
    expect(none.stdout).to.match(/^Nothing is polled that fits/);
    expect((await runCli(['refresh', 'ec2-123456789012'], env)).stderr).to.match(
      /^cloud-gateway: Nothing of ec2-123456789012 is polled that fits\./,
    );

    await proveAccount(edgeUrl, await createToken(edgeUrl, operator));
    const [unit] = await eventually(async () => {
      const units = (await runCli(['polling', '--state', 'ok', '--json'], env)).objects();
      return units.some(({ account }) => account === 'ec2-123456789012') && units;
    });
    expect(unit).to.include.all.keys('group', 'nextAt', 'lastSeen', 'throttles', 'errors', 'polledBy');
    const told = await runCli(['polling', '--account', 'ec2-123456789012'], env);
    expect(told.stdout).to.match(/^account +region +listing +state +next +every +last +took +seen/);
    expect(told.stdout).to.match(/^ec2-123456789012 +us-east-1 +volumes +/m);
    expect(told.stdout).not.to.include('ec2-public');
  });

  it('refresh: has them polled again, and waits for it', async () => {
    const askedAt = Date.now();
    const args = ['refresh', 'ec2-123456789012', '--type', 'volume-attachment', '--json'];
    const { status, objects, stderr } = await runCli(args, env);
    expect(status, stderr).to.equal(0);
    expect(objects()).to.have.length(1);
    expect(objects()[0]).to.include({ group: 'volumes', state: 'ok', errors: 0 });
    expect(Date.parse(String(objects()[0]?.['lastStartedAt']))).to.be.at.least(askedAt);
  });

  it('ca: prints the root certificate of the proxy, which is that of its own door', async () => {
    const { status, stdout } = await runCli(['ca'], env);
    expect(status).to.equal(0);
    expect(stdout).to.match(/^-----BEGIN CERTIFICATE-----\n/);
    expect(await (await fetch(new URL('/cert/pem', proxyUrl))).text()).to.equal(stdout);
    const file = path.join(folder, 'ca.pem');
    const told = await runCli(['ca', '--out', file], env);
    expect(told.stdout).to.match(/ca\.pem holds the root certificate ([0-9A-F]{2}:){31}[0-9A-F]{2}\.\n$/);
    expect(readFileSync(file, 'utf8')).to.equal(stdout);
  });

  it('master-key rotate: adds a key, and the gateway goes on', async () => {
    const rotated = (await runCli(['master-key', 'rotate', '--json'], env)).objects()[0];
    expect(rotated?.['keyIds']).to.have.length(2).and.include(rotated?.['activeKeyId']);
    expect((await runCli(['status'], env)).status).to.equal(0);
  });

  it('dead-letters: lists, discards and sends again', async () => {
    expect((await runCli(['dead-letters', 'list'], env)).stdout).to.equal('There are no dead letters.\n');
    expect((await runCli(['dead-letters', 'list', '--json'], env)).stdout).to.equal('');

    const token = await createToken(edgeUrl, operator);
    await bury(virtualHost, { folder, messageId: 'req_unwanted', token });
    await bury(virtualHost, { folder, messageId: 'req_wanted', token });

    const listed = (await runCli(['dead-letters', 'list', '--json'], env)).objects();
    expect(listed.map(({ messageId }) => messageId)).to.deep.equal(['req_unwanted', 'req_wanted']);
    expect((await runCli(['dead-letters', 'list'], env)).stdout).to.match(
      /^message +since +service +routing key +reason\nreq_unwanted +2026-01-01T00:00:00\.000Z +credentials +write\.v1/,
    );

    const discarded = await runCli(['dead-letters', 'discard', 'req_unwanted'], env);
    expect(discarded.stdout).to.equal('req_unwanted is gone.\n');
    const requeued = await runCli(['dead-letters', 'requeue', 'req_wanted', '--json'], env);
    expect(requeued.objects()).to.deep.equal([{ requeued: 'req_wanted' }]);

    // It is executed now: it revokes the token that it was sent with.
    await eventually(async () => {
      const response = await fetchToken(edgeUrl, token);
      await response.text();
      return response.status === 401;
    });
    expect((await runCli(['dead-letters', 'list', '--json'], env)).stdout).to.equal('');
    const again = await runCli(['dead-letters', 'requeue', 'req_wanted'], env);
    expect(again).to.include({ status: 1, stderr: 'cloud-gateway: There is no dead letter req_wanted.\n' });
  });

  it('start: says which port is taken, in one line, and stops what it has started', async () => {
    const taken = { ...env, GATEWAY_DATA_DIR: path.join(folder, 'second') };
    for (const [setting, url] of [
      ['GATEWAY_EDGE_PORT', edgeUrl],
      ['GATEWAY_CSG_PORT', proxyUrl],
      ['GATEWAY_ADMIN_PORT', String((await runCli(['status', '--json'], env)).objects()[0]?.['adminUrl'])],
    ] as const) {
      const { status, stderr } = await runCli(['start'], { ...taken, [setting]: new URL(url).port });
      expect(status).to.equal(78);
      const [last] = stderr.trim().split('\n').slice(-1);
      expect(last).to.match(new RegExp(`^cloud-gateway: ${setting}: .*EADDRINUSE`));
    }
  });

  it('start: ends with 0 on SIGTERM, and is gone', async () => {
    expect(await gateway.stop(30_000)).to.deep.equal({ status: 0, signal: null });
    expect((await runCli(['status'], env)).status).to.equal(1);
    expect(readdirSync(folder)).not.to.include('gateway.json');
  });
});

async function fetchToken(edgeUrl: string, token: string): Promise<Response> {
  return fetch(`${edgeUrl}${tokenShowRoute.path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function showToken(edgeUrl: string, token: string) {
  const response = await fetchToken(edgeUrl, token);
  expect(response.status).to.equal(200);
  return tokenShowRoute.answer.schema.parse(await response.json());
}

async function proveAccount(edgeUrl: string, token: string): Promise<void> {
  const { accessKeyId, secretAccessKey } = demoUsers[0];
  const response = await fetch(`${edgeUrl}${accountProveRoute.path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      cloud: 'ec2',
      credentials: { kind: 'access-key', accessKeyId, secretAccessKey },
    }),
  });
  expect(response.status, await response.text()).to.equal(accountProveRoute.answer.status);
}

async function createToken(
  edgeUrl: string,
  client: { clientId: string; clientSecret: string },
): Promise<string> {
  const response = await fetch(`${edgeUrl}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: client.clientId, clientSecret: client.clientSecret }),
  });
  const { token } = (await response.json()) as { token: string };
  rememberSecret(token);
  return token;
}

/** Puts a dead letter there as a responder does: a request that revokes the very token that it comes with. */
async function bury(
  { name, managementUrl }: TestVirtualHost,
  { folder, messageId, token }: { folder: string; messageId: string; token: string },
): Promise<void> {
  const request = {
    version: 1,
    method: 'DELETE',
    path: '/v1/tokens/current',
    headers: { authorization: `Bearer ${token}` },
    deadlineAt: 1, // long over: whoever sends it again does not mean this
  };
  const vault = await openVault({ GATEWAY_MASTER_KEY_FILE: path.join(folder, 'master.key') });
  const content = Buffer.from(JSON.stringify(request)).toString('base64');
  const letter = {
    version: 1,
    messageId,
    service: 'credentials',
    routingKey: 'write.v1.tokens.current',
    reason: 'its handling ended a process again and again',
    at: '2026-01-01T00:00:00.000Z',
    deliveries: 5,
    sealed: await vault.seal(content, `dead-letter:${messageId}`),
  };
  const address = new URL(`/api/exchanges/${name}/amq.default/publish`, managementUrl);
  const user = Buffer.from(`${address.username}:${address.password}`).toString('base64');
  address.username = '';
  address.password = '';
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Basic ${user}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      properties: { delivery_mode: 2, message_id: messageId },
      routing_key: topology.deadLetterQueue,
      payload: JSON.stringify(letter),
      payload_encoding: 'string',
    }),
  });
  expect(await response.json()).to.deep.equal({ routed: true });
}

// Clients that speak AMQP alone, at a real broker with real log-ins: the programs of docs/examples, as somebody runs them who
// has copied them, and the client library.
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createGatewayClient } from '@cloud-gateway/client';
import {
  resourceShowRoute,
  subscriptionCreateRoute,
  subscriptionDestroyRoute,
  subscriptionListRoute,
} from '@cloud-gateway/contracts';
import { eventually, findFreePort, rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type CuttableProxy, startCuttableProxy } from '../../src/examples/cuttable-proxy.ts';
import { type ExampleWorld, startExampleWorld } from '../../src/examples/example-world.ts';
import { type RunningExample, startExample } from '../../src/examples/start-example.ts';
import { providePythonWith } from '../../src/provide-tool.ts';

const folder = fileURLToPath(new URL('../../../../../docs/examples/', import.meta.url));

describe('AMQP alone: the examples of docs/ and the client library', function () {
  this.timeout(120_000);
  let world: ExampleWorld;
  let proxy: CuttableProxy | undefined;
  const running: RunningExample[] = [];

  before(async function () {
    this.timeout(serverStartTimeoutMs);
    world = await startExampleWorld();
  });
  afterEach(async () => {
    for (const example of running.splice(0)) await example.kill();
    await proxy?.close();
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await world?.stop();
  });

  function run(command: readonly [string, ...string[]], env: Readonly<Record<string, string>>) {
    const example = startExample(command, env);
    running.push(example);
    return example;
  }

  it('Node, over AMQP', async () => {
    await expectItAllWorks({
      command: (name, ...args) => [process.execPath, `${folder}node/${name}.mjs`, ...args],
      amqpUrl: world.amqpUrl,
    });
  });

  it('Python, over AMQPS', async function () {
    this.timeout(400_000); // it may be installed first
    const pika = await providePythonWith('pika', 'python3-pika');
    if ('missing' in pika) {
      console.log(`    skipped: ${pika.missing}`);
      return this.skip();
    }
    await expectItAllWorks({
      command: (name, ...args) => [pika.program, `${folder}python/${name}.py`, ...args],
      amqpUrl: world.amqpsUrl,
    });
  });

  it('the client library, with nothing but its secret, through a revocation', async () => {
    const { account, amqpsUrl, certificateFile, client } = world;
    const ca = await readFile(certificateFile);
    const gateway = createGatewayClient({ url: amqpsUrl, ...client, ca });
    const events = gateway.events({ accounts: [account], types: ['instance'] });
    const params = { cloud: 'ec2', account } as const;
    const launch = async () => {
      const { items } = await gateway.call('image-list', { params, query: { limit: 1 } });
      const body = { region: 'us-east-1', imageId: items[0]?.cloudId ?? '', instanceType: 't3.micro' };
      return (await gateway.call('instance-create', { params, body })).id;
    };
    const untilEventOf = async (resourceId: string) => {
      for (let next = await events.next(); !next.done; next = await events.next()) {
        const event = next.value;
        if ('resourceId' in event && event.resourceId === resourceId) return event.change;
      }
      return 'ended';
    };
    const { id } = await events.ready();
    try {
      expect(await untilEventOf(await launch())).to.equal('discovered');

      await gateway.call('token-revoke', { params: { token: 'current' } });

      expect(await untilEventOf(await launch())).to.equal('discovered');
    } finally {
      await events.return();
    }
    const { items: left } = await gateway.call('subscription-list');
    expect(left.map((each) => each.id)).not.to.include(id);
    await gateway.close();
    const wrong = createGatewayClient({ url: amqpsUrl, ...client, clientSecret: 'not it', ca });
    const refusal: unknown = await wrong.call('account-list').catch((err: unknown) => err);
    await wrong.close();
    expect(refusal).to.include({ code: 'unauthenticated' });
  });

  async function expectItAllWorks({
    command,
    amqpUrl,
  }: {
    readonly command: (name: string, ...args: string[]) => [string, ...string[]];
    readonly amqpUrl: string;
  }): Promise<void> {
    const { account, api, client, certificateFile } = world;
    proxy = await startCuttableProxy(amqpUrl);
    const env = {
      GATEWAY_AMQP_URL: proxy.url,
      GATEWAY_CLIENT_ID: client.clientId,
      GATEWAY_CLIENT_SECRET: client.clientSecret,
      ...(amqpUrl.startsWith('amqps:') && { GATEWAY_AMQP_CA_FILE: certificateFile }),
    };
    const port = await findFreePort();
    const webhook = await api.call(subscriptionCreateRoute, {
      body: { types: ['volume'], delivery: { kind: 'webhook', url: `http://127.0.0.1:${port}/events` } },
    });
    const secret = webhook.signingSecret ?? '';
    rememberSecret(secret);
    const receiver = run(command('webhook', String(port)), { WEBHOOK_SECRET: secret });
    const events = run(command('events', '--account', account, '--type', 'volume', '--count', '3'), env);
    await events.line(/^subscribed: sub_/);
    proxy.cut(); // it comes back, and misses nothing
    await events.line(/Trying again\.$/);

    const calls = run(command('calls', account), env);
    await calls.end();
    const [, id] = await calls.line(/^created (vol-\w+), and it is available$/);
    await calls.line(new RegExp(`^sent again: ${id}, replayed: true$`));
    await calls.line(/^renamed it to renamed$/);
    await calls.line(/^deleted it: 20[02]$/);

    await events.end();
    const printed = events.lines.filter((line) => line.startsWith(`${account} volume ${id} `));
    expect(printed).to.have.length(3);
    expect(printed[0]).to.match(/ discovered (creating|available)$/);
    await receiver.line(/^res_\w+\.1 discovered$/);
    await expectUnsignedRefused(`http://127.0.0.1:${port}/`, secret);

    const { items } = await api.call(subscriptionListRoute);
    expect(
      items.map((each) => each.id),
      'the program has ended its own',
    ).to.deep.equal([webhook.id]);
    await api.call(subscriptionDestroyRoute, { params: { subscription: webhook.id } });
    // What still happens to this volume is none of the next example's events.
    const params = { cloud: 'ec2', account, id: id ?? '' };
    const show = () => api.call(resourceShowRoute('volume'), { params });
    await eventually(() => show().then(() => false, isGone), { timeoutMs: 30_000 });
  }

  async function expectUnsignedRefused(url: string, secret: string): Promise<void> {
    const body = '{"id":"evt_1","change":"state"}';
    const now = Math.floor(Date.now() / 1000);
    const post = async (timestamp: number, signature: string) => {
      const headers = {
        'webhook-id': 'evt_1',
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature,
      };
      return (await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) }))
        .status;
    };
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const sign = (timestamp: number, signed = body) =>
      `v1,${createHmac('sha256', key).update(`evt_1.${timestamp}.${signed}`).digest('base64')}`;

    expect(await post(now, `v1,other ${sign(now)}`), 'one of two is right').to.equal(204);
    expect(await post(now, sign(now, 'another body'))).to.equal(401);
    expect(await post(now, '')).to.equal(401);
    expect(await post(now - 3600, sign(now - 3600)), 'recorded an hour ago').to.equal(401);
  }
});

function isGone(err: Error): boolean {
  return err.message.includes('answered 410');
}

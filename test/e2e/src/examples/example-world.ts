// What the programs of docs/examples need: `cloud-gateway start` with a private broker, which asks the gateway who may
// log in; a simulated cloud behind it; and a client that has proven an account there.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accountProveRoute, clientCreateRoute } from '@cloud-gateway/contracts';
import { start as startSimulator } from '@cloud-gateway/simulator';
import { createTestDatabase, rememberSecret, spawnService } from '@cloud-gateway/test-support';
import { type ApiClient, type ClientCredentials, logIn } from '../csg/api-client.ts';
import { cliEntry, runCli } from '../csg/run-cli.ts';

export interface ExampleWorld {
  /** Without user and password. */
  readonly amqpUrl: string;
  readonly amqpsUrl: string;
  readonly certificateFile: string;
  readonly client: ClientCredentials;
  readonly api: ApiClient;
  /** The gateway's id of the account that the client has proven. */
  readonly account: string;
  stop(): Promise<void>;
}

const services = ['credentials', 'cloud-adapter', 'poller', 'subscriptions', 'edge'];

export async function startExampleWorld(): Promise<ExampleWorld> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of undo.splice(0).reverse()) await each();
  };
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-examples-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const database = await createTestDatabase();
    undo.push(() => database.drop());
    const cloudUser = newCloudUser();
    const simulator = await startSimulator({ users: [cloudUser], transitionMs: 100 });
    undo.push(() => simulator.stop());
    const dataDir = path.join(folder, '.gateway');
    const env = {
      GATEWAY_DATA_DIR: dataDir,
      GATEWAY_DATABASE_URL: database.url,
      GATEWAY_EDGE_PORT: '0',
      GATEWAY_EC2_ENDPOINT: simulator.url,
      GATEWAY_EC2_REGIONS: 'us-east-1',
      GATEWAY_POLLER_WATCH_MS: '100',
      GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true',
      GATEWAY_WEBHOOKS_SCAN_MS: '200',
    };
    const made = await runCli(['client', 'create', '--name', 'administrator', '--administrator'], env);
    const administrator = remembered(made['clientId'], made['clientSecret']);
    const gateway = await spawnService({
      entry: cliEntry,
      args: ['start', ...services, '--json'],
      env,
      name: 'examples-gateway',
      ready: { logLine: (line) => line.includes('"event":"started"') },
      readyTimeoutMs: 90_000,
    });
    undo.push(() => gateway.stop(40_000));
    const running = JSON.parse(await readFile(path.join(dataDir, 'gateway.json'), 'utf8')) as Running;
    rememberSecret(new URL(running.amqpUrl).password);
    return {
      amqpUrl: withoutUser(running.amqpUrl),
      amqpsUrl: withoutUser(running.amqpsUrl),
      certificateFile: running.amqpCertificateFile,
      account: `ec2-${cloudUser.accountId}`,
      ...(await moveIn(running.edgeUrl, administrator, cloudUser)),
      stop,
    };
  } catch (err) {
    await stop().catch(() => undefined);
    throw err;
  }
}

interface Running {
  readonly edgeUrl: string;
  readonly amqpUrl: string;
  readonly amqpsUrl: string;
  readonly amqpCertificateFile: string;
}

function newCloudUser() {
  const secretAccessKey = randomBytes(30).toString('base64');
  rememberSecret(secretAccessKey);
  return {
    accessKeyId: 'KEYFORTHEEXAMPLES1',
    secretAccessKey,
    accountId: '123456789012',
    userName: 'examples',
  };
}

async function moveIn(
  edgeUrl: string,
  administrator: ClientCredentials,
  { accessKeyId, secretAccessKey }: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<Pick<ExampleWorld, 'client' | 'api'>> {
  const { id, secret } = await (await logIn(edgeUrl, administrator)).call(clientCreateRoute, {
    body: { name: 'examples' },
  });
  const client = remembered(id, secret);
  const api = await logIn(edgeUrl, client);
  const credentials = { kind: 'access-key', accessKeyId, secretAccessKey };
  await api.call(accountProveRoute, { body: { cloud: 'ec2', credentials } });
  return { client, api };
}

function remembered(clientId: unknown, clientSecret: unknown): ClientCredentials {
  rememberSecret(String(clientSecret));
  return { clientId: String(clientId), clientSecret: String(clientSecret) };
}

function withoutUser(url: string): string {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}

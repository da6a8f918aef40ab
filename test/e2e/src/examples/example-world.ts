// What the programs of docs/examples need: `cloud-gateway start` with a private broker, which asks the gateway who may
// log in; a simulated cloud behind it; and a client that has proven an account there.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { accountProveRoute, clientCreateRoute } from '@cloud-gateway/contracts';
import { start as startSimulator } from '@cloud-gateway/simulator';
import { type CloudUser, newCloudUser, rememberSecret } from '@cloud-gateway/test-support';
import { composeWorld } from '../compose-world.ts';
import { type ApiClient, type ClientCredentials, logIn } from '../csg/api-client.ts';
import { makeFolder, startCliGateway } from '../start-cli-gateway.ts';

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

export function startExampleWorld(): Promise<ExampleWorld> {
  return composeWorld(async (stops) => {
    const folder = await makeFolder(stops);
    const cloudUser = newCloudUser('123456789012', 'examples');
    const simulator = await startSimulator({ users: [cloudUser], transitionMs: 100 });
    stops.add('simulator', () => simulator.stop());
    const { administrator, dataDir } = await startCliGateway(stops, {
      name: 'examples-gateway',
      folder,
      services: ['credentials', 'cloud-adapter', 'poller', 'subscriptions', 'edge'],
      settings: {
        GATEWAY_EC2_ENDPOINT: simulator.url,
        GATEWAY_EC2_REGIONS: 'us-east-1',
        GATEWAY_POLLER_WATCH_MS: '100',
        GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true',
        GATEWAY_WEBHOOKS_SCAN_MS: '200',
      },
    });
    const running = JSON.parse(await readFile(path.join(dataDir, 'gateway.json'), 'utf8')) as Running;
    rememberSecret(new URL(running.amqpUrl).password);
    return {
      amqpUrl: withoutUser(running.amqpUrl),
      amqpsUrl: withoutUser(running.amqpsUrl),
      certificateFile: running.amqpCertificateFile,
      account: `ec2-${cloudUser.accountId}`,
      ...(await moveIn(running.edgeUrl, administrator, cloudUser)),
    };
  });
}

interface Running {
  readonly edgeUrl: string;
  readonly amqpUrl: string;
  readonly amqpsUrl: string;
  readonly amqpCertificateFile: string;
}

async function moveIn(
  edgeUrl: string,
  administrator: ClientCredentials,
  { accessKeyId, secretAccessKey }: CloudUser,
): Promise<Pick<ExampleWorld, 'client' | 'api'>> {
  const { id, secret } = await (await logIn(edgeUrl, administrator)).call(clientCreateRoute, {
    body: { name: 'examples' },
  });
  rememberSecret(secret);
  const client = { clientId: id, clientSecret: secret };
  const api = await logIn(edgeUrl, client);
  const credentials = { kind: 'access-key', accessKeyId, secretAccessKey };
  await api.call(accountProveRoute, { body: { cloud: 'ec2', credentials } });
  return { client, api };
}

function withoutUser(url: string): string {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}

// `cloud-gateway start` with its own private broker, as it is for a user on his first day; and clients who speak AMQP
// only. Nothing of the gateway's own code stands between them and the broker.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { clientCreateRoute, type Permission, tokenCreateRoute } from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';
import { type ChannelModel, connect } from 'amqplib';
import { composeWorld } from '../compose-world.ts';
import { makeFolder, startCliGateway } from '../start-cli-gateway.ts';
import { callOverAmqp } from './call-over-amqp.ts';

export interface AmqpClient {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

export interface BrokerWorld {
  /** With the gateway's own user and password: what the broker's owner may do. */
  readonly owner: ChannelModel;
  readonly administrator: AmqpClient;
  /** Of the broker's management API, without user and password. */
  readonly managementUrl: string;
  /** Of an administrator of the broker: for a Basic Authorization header. */
  readonly managementLogin: string;
  readonly certificateFile: string;
  newClient(permissions: readonly Permission[]): Promise<AmqpClient>;
  logIn(client: Pick<AmqpClient, 'id' | 'secret'>, body?: object): Promise<string>;
  connect(login: BrokerLogin): Promise<ChannelModel>;
  stop(): Promise<void>;
}

interface BrokerLogin {
  readonly user: string;
  readonly password: string;
  /** Default `/`, which is the gateway's. */
  readonly virtualHost?: string;
  /** Connects to the AMQPS port, and trusts this certificate. */
  readonly ca?: Buffer | undefined;
  readonly tls?: boolean;
}

export function startBrokerWorld(): Promise<BrokerWorld> {
  return composeWorld(async (stops) => {
    const gateway = await startCliGateway(stops, {
      name: 'e2e-broker-gateway',
      folder: await makeFolder(stops),
      services: ['credentials'],
      settings: { GATEWAY_ADMIN_PORT: '0' },
    });
    const { amqpUrl, amqpsUrl, amqpCertificateFile } = await readJson(
      path.join(gateway.dataDir, 'gateway.json'),
    );
    const { rabbitmq } = await readJson(path.join(gateway.dataDir, 'servers.json'));
    for (const url of [amqpUrl, amqpsUrl]) rememberSecret(new URL(url).password);

    const connectAs = async ({ user, password, virtualHost = '/', tls = false, ca }: BrokerLogin) => {
      const { hostname, port } = new URL(tls ? amqpsUrl : amqpUrl);
      const protocol = tls ? 'amqps' : 'amqp';
      const address = { protocol, hostname, port: Number(port), vhost: virtualHost };
      const model = await connect(
        { ...address, username: user, password, heartbeat: 10 },
        { timeout: 20_000, noDelay: true, ...(ca && { ca: [ca] }) },
      );
      model.on('error', () => undefined); // Told by `close` too.
      stops.add('connection', () => model.close().catch(() => undefined));
      return model;
    };
    const logIn: BrokerWorld['logIn'] = async ({ id, secret }, body = {}) => {
      const model = await connectAs({ user: id, password: secret });
      const asked = { clientId: id, clientSecret: secret, ...body };
      const { token } = await callOverAmqp(model, tokenCreateRoute, { body: asked });
      rememberSecret(token);
      await model.close();
      return token;
    };
    const withToken = async (id: string, secret: string) => {
      rememberSecret(secret);
      return { id, secret, token: await logIn({ id, secret }) };
    };
    const { clientId, clientSecret } = gateway.administrator;
    const administrator = await withToken(clientId, clientSecret);
    const { username, password } = new URL(amqpUrl);
    const asAdministrator = await connectAs({ user: administrator.id, password: administrator.token });
    return {
      owner: await connectAs({ user: username, password }),
      administrator,
      managementUrl: `http://127.0.0.1:${rabbitmq.ports.management}`,
      managementLogin: `${username}:${password}`,
      certificateFile: amqpCertificateFile,
      async newClient(permissions) {
        const asked = { token: administrator.token, body: { name: 'somebody', permissions } };
        const { id, secret } = await callOverAmqp(asAdministrator, clientCreateRoute, asked);
        return withToken(id, secret);
      },
      logIn,
      connect: connectAs,
    };
  });
}

async function readJson(file: string) {
  return JSON.parse(await readFile(file, 'utf8'));
}

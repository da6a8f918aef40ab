// A gateway with its proxy, a simulated AWS behind it, an administrator and a developer who use it.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  clientCreateRoute,
  cloudCredentialsCreateRoute,
  environmentCreateRoute,
} from '@cloud-gateway/contracts';
import { type Simulator, type SimulatorSettings, start as startSimulator } from '@cloud-gateway/simulator';
import { type CloudUser, newCloudUser, rememberSecret } from '@cloud-gateway/test-support';
import { composeWorld } from '../compose-world.ts';
import { type ApiClient, logIn } from './api-client.ts';
import { downloadRoot } from './download-root.ts';
import { type GatewayProcess, startGateway } from './start-gateway.ts';

export interface ProxyWorld {
  readonly gateway: GatewayProcess;
  readonly simulator: Simulator;
  /** Whose keys the proxy signs with. */
  readonly cloudUser: CloudUser;
  readonly administrator: ApiClient;
  /** May request access, nothing else. */
  readonly developer: ApiClient;
  readonly developerId: string;
  readonly environmentId: string;
  readonly credentialId: string;
  /** The root of the proxy, downloaded through it: PEM, and a file with it. */
  readonly rootPem: string;
  readonly rootFile: string;
  stop(): Promise<void>;
}

export interface ProxyWorldOptions {
  readonly simulator?: SimulatorSettings;
  /** Where AWS is for the gateway. Default: every endpoint is the simulator. */
  readonly settings?: (simulator: Simulator) => Readonly<Record<string, string>>;
}

export function startProxyWorld(options: ProxyWorldOptions = {}): Promise<ProxyWorld> {
  return composeWorld(async (stops) => {
    const cloudUser = newCloudUser('123456789012', 'gateway');
    const simulator = await startSimulator({ users: [cloudUser], transitionMs: 100, ...options.simulator });
    stops.add('simulator', () => simulator.stop());
    const gateway = await startGateway((options.settings ?? straightToSimulator)(simulator));
    stops.add('gateway', () => gateway.stop());
    return { gateway, simulator, cloudUser, ...(await moveIn(gateway, cloudUser)) };
  });
}

function straightToSimulator({ url }: Simulator) {
  return { GATEWAY_EC2_ENDPOINT: url, GATEWAY_CSG_UPSTREAM_ENDPOINTS: `*=${url}` };
}

async function moveIn(gateway: GatewayProcess, { accessKeyId, secretAccessKey }: CloudUser) {
  const administrator = await logIn(gateway.edgeUrl, gateway.administrator);
  const { id: clientId, secret } = await administrator.call(clientCreateRoute, {
    body: { name: 'developer', permissions: ['access-requests:create'] },
  });
  rememberSecret(secret);
  const { id: environmentId } = await administrator.call(environmentCreateRoute, {
    body: { name: 'staging' },
  });
  const { id: credentialId } = await administrator.call(cloudCredentialsCreateRoute, {
    body: {
      cloud: 'ec2',
      name: 'staging account',
      credentials: { kind: 'access-key', accessKeyId, secretAccessKey },
      environmentIds: [environmentId],
    },
  });
  const rootPem = await downloadRoot(gateway.proxyUrl);
  const rootFile = path.join(gateway.folder, 'root.pem');
  await writeFile(rootFile, rootPem);
  return {
    administrator,
    developer: await logIn(gateway.edgeUrl, { clientId, clientSecret: secret }),
    developerId: clientId,
    environmentId,
    credentialId,
    rootPem,
    rootFile,
  };
}

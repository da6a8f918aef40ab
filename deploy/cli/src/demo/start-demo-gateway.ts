// The first step of the demo: a simulated cloud, the gateway in front of it, a client that may use it, and a connection
// of the demo's own to listen with.
import path from 'node:path';
import { createGatewayClient } from '@cloud-gateway/client';
import { allPermissions } from '@cloud-gateway/contracts';
import { connectBroker } from '@cloud-gateway/messaging';
import { createStopStack, type Environment, type Logger } from '@cloud-gateway/runtime';
import { demoUsers, start as startSimulator } from '@cloud-gateway/simulator';
import { checkSettings } from '../gateway/check-settings.ts';
import { createClient } from '../gateway/create-client.ts';
import { openReachableStore } from '../gateway/open-reachable-store.ts';
import type { Servers } from '../gateway/provide-servers.ts';
import { serviceNames } from '../gateway/service-names.ts';
import { startEverything } from '../gateway/start-everything.ts';
import { useStore } from '../gateway/use-store.ts';
import { withDefaults } from '../gateway/with-defaults.ts';
import { logFileName } from '../logging/open-log-of-gateway.ts';
import { findLogFiles } from '../trace/find-log-files.ts';
import { traceRequest } from '../trace/trace-request.ts';
import type { Teller } from './create-teller.ts';
import type { TourDeps } from './tour-deps.ts';
import { createMessageTrace } from './trace-one-call.ts';

export interface DemoGateway {
  readonly edgeUrl: string;
  readonly proxyUrl: string;
  readonly adminUrl: string;
  readonly logFile: string;
  readonly tourDeps: Omit<TourDeps, 'tell'>;
  /** Rejects when a private server dies. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

export async function startDemoGateway({
  environment,
  dataDir,
  tell,
  aborted,
}: {
  environment: Environment;
  dataDir: string;
  tell: Teller;
  aborted: AbortSignal;
}): Promise<DemoGateway> {
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    tell.step('start', 'Start everything: MariaDB, RabbitMQ, a simulated cloud, the services');
    checkSettings(environment, serviceNames);
    const simulator = await startSimulator({ transitionMs: 1_500 });
    stops.add('simulator', () => simulator.stop());
    tell.line(`a simulated AWS that checks signatures listens on ${simulator.url}`);
    const everything = await startEverything({
      environment: demoEnvironment(environment, { simulatorUrl: simulator.url, dataDir }),
      anyPort: true,
      dataDir,
      services: serviceNames,
      logTo: [], // But for the file.
      report: (message) => tell.line(message),
      onAdministrator: () => undefined, // The demo makes a client of its own.
      aborted,
    });
    stops.add('gateway', () => everything.stop());
    const { servers, gateway, logFile = '' } = everything;
    const log = gateway.newLog('demo');
    const { edgeUrl, proxyUrl, adminUrl } = gateway;
    if (!edgeUrl || !proxyUrl) throw new Error('The edge or the proxy has not told its address.');
    const client = await newClient(servers.databaseUrl, log);
    const connection = await connectBroker({ url: servers.amqpUrl, name: 'demo', log });
    stops.add('demo’s own connection', () => connection.close());
    const managementUrl = servers.privateBroker?.managementUrl;
    const trace = managementUrl ? createMessageTrace({ connection, managementUrl, log }) : undefined;
    tell.done({ edgeUrl, adminUrl, simulatorUrl: simulator.url, logFile });

    return {
      edgeUrl,
      proxyUrl,
      adminUrl,
      logFile,
      tourDeps: {
        api: createGatewayClient({ url: edgeUrl }),
        edgeUrl,
        brokerUrl: brokerUrlFor(servers),
        proxyUrl,
        client,
        cloudCredentials: demoUsers[0],
        ...(trace && { trace }),
        traceRequest: (requestId) =>
          useStore(servers.databaseUrl, async (store) =>
            traceRequest(store, { requestId, logFiles: await findLogFiles(dataDir) }),
          ),
      },
      failed: servers.failed,
      stop: () => stops.stop(),
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

function demoEnvironment(
  environment: Environment,
  { simulatorUrl, dataDir }: { readonly simulatorUrl: string; readonly dataDir: string },
): Environment {
  return {
    ...withDefaults(
      {
        GATEWAY_POLLER_RECONCILE_MS: '500ms', // Somebody is watching.
        GATEWAY_LOG_FILE: path.join(dataDir, logFileName),
        GATEWAY_LOG_LEVEL: 'debug', // The trace shows every call to the cloud.
      },
      environment,
    ),
    GATEWAY_CLOUDS: 'ec2',
    GATEWAY_EC2_ENDPOINT: simulatorUrl,
    GATEWAY_EC2_REGIONS: 'us-east-1',
    GATEWAY_CSG_UPSTREAM_ENDPOINTS: `*=${simulatorUrl}`,
    GATEWAY_CSG_ACCESS_LOG: path.join(dataDir, 'calls.log'),
  };
}

/**
 * The private broker lets clients in by themselves. A given one may not ask this gateway who they are: there the demo goes
 * in as the gateway's own user.
 */
function brokerUrlFor({ privateBroker, amqpUrl }: Servers): string {
  if (!privateBroker) return amqpUrl;
  const address = new URL(amqpUrl);
  address.username = '';
  address.password = '';
  return address.href;
}

async function newClient(databaseUrl: string, log: Logger) {
  const store = await openReachableStore(databaseUrl, log);
  try {
    return await createClient(store, {
      name: `demo ${new Date().toISOString()}`,
      organizationName: 'default',
      permissions: allPermissions,
    });
  } finally {
    await store.close();
  }
}

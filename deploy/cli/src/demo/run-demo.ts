// `cloud-gateway demo`: everything on this machine, a simulated cloud included; then the tour; then it stays.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { allPermissions } from '@cloud-gateway/contracts';
import { connectBroker } from '@cloud-gateway/messaging';
import {
  createLogger,
  createStopStack,
  type Logger,
  readConfig,
  readEnvironment,
} from '@cloud-gateway/runtime';
import { demoUsers, start as startSimulator } from '@cloud-gateway/simulator';
import { openStore } from '@cloud-gateway/store';
import { ApiClient } from '../api-client.ts';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { createClient } from '../gateway/create-client.ts';
import { freePortOr } from '../gateway/free-port-or.ts';
import { type LongRunning, runUntilSignal } from '../gateway/run-until-signal.ts';
import { serviceNames } from '../gateway/services.ts';
import { startEverything } from '../gateway/start-everything.ts';
import { createTeller } from './create-teller.ts';
import { tour } from './tour.ts';
import { createMessageTrace } from './trace-one-call.ts';
import { watchEvents } from './watch-events.ts';

export async function runDemo({ exit, json }: { exit: boolean; json: boolean }): Promise<void> {
  if (!exit) return runUntilSignal(() => startDemo({ json, farewell: true }));
  await runUntilSignal(async () => {
    const demo = await startDemo({ json, farewell: false });
    // Ending by itself is stopping without having been asked to.
    return { ...demo, failed: Promise.reject(new TourIsOver()) };
  }).catch((err: unknown) => {
    if (!(err instanceof TourIsOver)) throw err;
  });
}

class TourIsOver extends Error {}

async function startDemo({ json, farewell }: { json: boolean; farewell: boolean }): Promise<LongRunning> {
  const startedAtMs = performance.now();
  const { stdout } = process;
  const tell = createTeller({ json, stdout, now: () => performance.now() });
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    const environment = readEnvironment();
    const dataDir = path.join(readConfig(cliConfigSchema, environment).GATEWAY_DATA_DIR, 'demo');
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const logFile = path.join(dataDir, 'gateway.log');
    const logDestination = createWriteStream(logFile, { mode: 0o600 });
    stops.add('log file', () => new Promise((resolve) => logDestination.end(resolve)));
    const log = createLogger({ service: 'demo', destination: logDestination });

    tell.step('start', 'Start everything: MariaDB, RabbitMQ, a simulated cloud, the services');
    const simulator = await startSimulator({ transitionMs: 1_500 });
    stops.add('simulator', () => simulator.stop());
    tell.line(`a simulated EC2 that checks signatures listens on ${simulator.url}`);
    const everything = await startEverything({
      environment: {
        ...environment,
        GATEWAY_EC2_ENDPOINT: simulator.url,
        GATEWAY_EC2_REGIONS: 'us-east-1',
        GATEWAY_EDGE_PORT: String(await freePortOr(environment['GATEWAY_EDGE_PORT'], 8080)),
      },
      dataDir,
      services: serviceNames,
      logDestination,
      report: (message) => tell.line(message),
    });
    stops.add('gateway', () => everything.stop());
    const { gateway, servers } = everything;
    if (!gateway.edgeUrl) throw new Error('The edge has not told its address.');
    const client = await newClient(servers.databaseUrl, log);
    tell.done({ edgeUrl: gateway.edgeUrl, adminUrl: gateway.adminUrl, simulatorUrl: simulator.url, logFile });

    const connection = await connectBroker({ url: servers.amqpUrl, name: 'demo', log });
    stops.add('demo’s own connection', () => connection.close());
    const [account] = demoUsers;
    const { token, account: accountId } = await tour({
      api: new ApiClient(gateway.edgeUrl),
      client,
      cloudCredentials: { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey },
      watchEvents: (of) => watchEvents({ connection, account: of, tell, log }),
      trace: servers.managementUrl
        ? await createMessageTrace({ connection, managementUrl: servers.managementUrl, log })
        : undefined,
      tell,
    });

    tell.step(
      'finished',
      `The tour is over, after ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`,
    );
    if (farewell)
      sayFarewell({ tell, edgeUrl: gateway.edgeUrl, adminUrl: gateway.adminUrl, token, accountId, logFile });
    tell.done({ edgeUrl: gateway.edgeUrl, ...(farewell && { token }), account: accountId });
    return { failed: everything.failed, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function newClient(databaseUrl: string, log: Logger) {
  const store = openStore({ databaseUrl, log });
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

function sayFarewell({
  tell,
  edgeUrl,
  adminUrl,
  token,
  accountId,
  logFile,
}: {
  tell: ReturnType<typeof createTeller>;
  edgeUrl: string;
  adminUrl: string;
  token: string;
  accountId: string;
  logFile: string;
}): void {
  for (const line of [
    'The gateway goes on running. Ctrl-C stops it.',
    '',
    `API    ${edgeUrl}        docs  ${edgeUrl}/docs`,
    `admin  ${adminUrl}/readyz   log   ${logFile}`,
    '',
    'Three commands to try in another terminal:',
    '',
    `export TOKEN=${token}`,
    `curl -s -H "authorization: Bearer $TOKEN" '${edgeUrl}/v1/clouds/ec2/accounts/${accountId}/instances'`,
    `curl -s -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"region":"us-east-1","imageId":"ami-unknown","instanceType":"t3.micro"}' '${edgeUrl}/v1/clouds/ec2/accounts/${accountId}/instances'`,
    `curl -s '${adminUrl}/readyz'`,
  ]) {
    tell.line(line);
  }
}

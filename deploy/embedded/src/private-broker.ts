// RabbitMQ for one gateway: every port on loopback, every file under our folder, and its own epmd (Erlang's name server),
// which we start ourselves: one that RabbitMQ starts is a daemon that outlives it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideBrokerCertificate } from './broker-certificate.ts';
import { brokerConfiguration, brokerPlugins, brokerUserName } from './broker-configuration.ts';
import { brokerEnvironment } from './broker-environment.ts';
import { greetsAsNode } from './greets-as-node.ts';
import { isListening } from './is-listening.ts';
import type { ServerPlan } from './private-server.ts';
import type { BrokerPrograms } from './provide-programs.ts';
import type { BrokerSettings } from './server-settings.ts';

export type BrokerPlan = ServerPlan & {
  amqpsUrl: string;
  certificateFile: string;
  managementUrl: string;
  authPort: number;
};

/** Writes the broker's configuration and says how it is run. */
export async function planPrivateBroker(options: {
  directory: string;
  programs: BrokerPrograms;
  settings: BrokerSettings;
}): Promise<BrokerPlan> {
  const { directory, programs, settings } = options;
  const { ports, nodeName, password } = settings;
  const folder = join(directory, 'rabbitmq');
  for (const name of ['home', 'mnesia', 'log'])
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  const certificate = await provideBrokerCertificate(folder, Date.now());
  write('advanced.config', brokerConfiguration(settings, certificate));
  write('enabled_plugins', `[${brokerPlugins.join(', ')}].\n`);
  write('rabbitmq-env.conf', ''); // ours and empty, so that the system's is not read

  const env = brokerEnvironment({ directory, folder, settings, erlangFolder: dirname(programs.epmd) });
  const consolePath = join(folder, 'log/console.log');
  const common = { env, cwd: folder };
  const credentials = `${brokerUserName}:${password}`;
  return {
    name: 'rabbitmq',
    url: `amqp://${credentials}@127.0.0.1:${ports.amqp}`,
    amqpsUrl: `amqps://${credentials}@127.0.0.1:${ports.amqps}`,
    certificateFile: certificate.certificateFile,
    authPort: ports.auth,
    managementUrl: `http://${credentials}@127.0.0.1:${ports.management}`,
    port: ports.amqp,
    command: { ...common, logPath: consolePath, file: programs.server, args: [] },
    companion: {
      command: {
        ...common,
        logPath: join(folder, 'log/epmd.log'),
        file: programs.epmd,
        args: ['-port', String(ports.epmd), '-address', '127.0.0.1'],
      },
      port: ports.epmd,
    },
    // RabbitMQ opens the AMQP ports last, the one with TLS at the very end: then the management plugin serves too.
    isReady: async () => (await greetsAsNode(ports.amqp, nodeName)) && isListening(ports.amqps),
    logPaths: [consolePath, join(folder, 'log', `${nodeName}.log`)],
  };
}

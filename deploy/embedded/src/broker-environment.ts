// The broker's environment, whole: nothing is inherited, so a RABBITMQ_* or ERL_* variable of the caller cannot point our
// node at the system's. Each path below would otherwise be one of the system's, or the working folder.
import { join } from 'node:path';
import { searchPath } from './find-program.ts';
import type { BrokerSettings } from './server-settings.ts';
import { directoryMark } from './stop-orphans.ts';

export function brokerEnvironment(options: {
  directory: string;
  folder: string;
  settings: BrokerSettings;
  erlangFolder: string;
}): Record<string, string> {
  const { ports, nodeName } = options.settings;
  const inFolder = (name: string) => join(options.folder, name);
  return {
    ...directoryMark(options.directory),
    PATH: `${options.erlangFolder}:${searchPath()}`,
    LC_ALL: 'C.UTF-8',
    HOME: inFolder('home'), // the Erlang cookie is made here

    detached: '1', // the script becomes the broker: its pid is the broker's, and signals reach it
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_CRASH_DUMP: inFolder('erl_crash.dump'),

    RABBITMQ_CONF_ENV_FILE: inFolder('rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'), // never written: see broker-configuration.ts
    RABBITMQ_ADVANCED_CONFIG_FILE: inFolder('advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: inFolder('mnesia'),
    RABBITMQ_LOG_BASE: inFolder('log'),
    RABBITMQ_GENERATED_CONFIG_DIR: inFolder('generated'),
    RABBITMQ_PLUGINS_EXPAND_DIR: inFolder('plugins-expand'),
    RABBITMQ_PID_FILE: inFolder('rabbitmq.pid'),
  };
}

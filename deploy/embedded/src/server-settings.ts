// servers.json: the ports and passwords that belong to the data beside it. Kept, so that a restart has the same URLs.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { findFreePort, isPortFree } from './free-ports.ts';
import type { ServerName } from './progress.ts';

export type DatabaseSettings = { password: string; ports: { mysql: number } };
export type BrokerSettings = {
  password: string;
  /** Part of the data's folder names: it must never change. */
  nodeName: string;
  ports: {
    amqp: number;
    amqps: number;
    management: number;
    distribution: number;
    epmd: number;
    /** Not the broker's: where it asks who may log in. The gateway's credentials service listens there. */
    auth: number;
  };
};
export type ServerSettings = { mariadb: DatabaseSettings; rabbitmq: BrokerSettings };

const noPorts = { amqp: 0, amqps: 0, management: 0, distribution: 0, epmd: 0, auth: 0 };

/** Reads the directory's settings, or makes new ones when it holds no data yet. Ports are checked when they are used. */
export function loadServerSettings(directory: string): ServerSettings {
  const path = settingsPath(directory);
  if (existsSync(path)) return readSettings(path);
  for (const data of ['mariadb/data', 'rabbitmq/mnesia']) {
    if (!existsSync(join(directory, data))) continue;
    throw new EmbeddedServersError(
      `${path} is gone, and with it the passwords of the data in ${directory}: restore it, or remove the directory to start empty`,
    );
  }
  const settings: ServerSettings = {
    mariadb: { password: newPassword(), ports: { mysql: 0 } },
    rabbitmq: {
      password: newPassword(),
      nodeName: `gateway-${randomBytes(4).toString('hex')}@localhost`,
      ports: { ...noPorts },
    },
  };
  saveServerSettings(directory, settings);
  return settings;
}

/** Gives the server new ports where its old ones are taken (or not chosen yet), and saves the choice. */
export async function ensureFreePorts(
  directory: string,
  settings: ServerSettings,
  server: ServerName,
): Promise<void> {
  const ports: Record<string, number> = settings[server].ports;
  for (const [name, port] of Object.entries(ports)) {
    if (port === 0 || !(await isPortFree(port))) ports[name] = await findFreePort();
  }
  saveServerSettings(directory, settings);
}

function readSettings(path: string): ServerSettings {
  let settings: Partial<ServerSettings> = {};
  try {
    settings = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // said below: unreadable and incomplete are the same to the reader
  }
  const isWhole = settings.mariadb?.ports && settings.rabbitmq?.ports && settings.rabbitmq.nodeName;
  if (!isWhole) {
    throw new EmbeddedServersError(`${path} is damaged: restore it, or remove its directory to start empty`);
  }
  return withEveryPort(settings as ServerSettings);
}

// A file of an earlier version knows fewer ports; the missing ones are chosen now.
function withEveryPort({ mariadb, rabbitmq }: ServerSettings): ServerSettings {
  return { mariadb, rabbitmq: { ...rabbitmq, ports: { ...noPorts, ...rabbitmq.ports } } };
}

function saveServerSettings(directory: string, settings: ServerSettings): void {
  const path = settingsPath(directory);
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path); // whole or not at all
}

function settingsPath(directory: string): string {
  return join(directory, 'servers.json');
}

// Hexadecimal: it goes unescaped into URLs, SQL and RabbitMQ's configuration.
function newPassword(): string {
  return randomBytes(20).toString('hex');
}

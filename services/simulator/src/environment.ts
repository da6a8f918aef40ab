// The settings as they come from the environment, for the simulator as a process of its own.
import { readFileSync } from 'node:fs';
import { type Config, ConfigurationError, setting } from '@cloud-gateway/runtime';
import { z } from 'zod';
import { type SimulatorSettings, simulatorConfigSchema, userSchema } from './config.ts';
import { pagingModes } from './listing/paging.ts';

const defaults = simulatorConfigSchema.parse({});

export const environmentSchema = z.object({
  GATEWAY_SIMULATOR_HOST: setting.text({
    default: defaults.host,
    description: 'Address to listen on. It has no other lock than the signatures: keep it on loopback.',
  }),
  GATEWAY_SIMULATOR_PORT: setting.port(4566, 'Port to listen on; 0 takes a free one.'),
  GATEWAY_SIMULATOR_TLS_CERT_FILE: setting.file({
    optional: true,
    description: 'Certificate in PEM; with the key it speaks HTTPS.',
  }),
  GATEWAY_SIMULATOR_TLS_KEY_FILE: setting.file({ optional: true, description: 'Key in PEM.' }),
  GATEWAY_SIMULATOR_REGIONS: setting.list({ default: defaults.regions, description: 'Regions to have.' }),
  GATEWAY_SIMULATOR_USERS: setting.secret({
    optional: true,
    description: 'JSON list of accessKeyId, secretAccessKey, accountId, userName, deniedActions.',
  }),
  GATEWAY_SIMULATOR_TRANSITION_MS: setting.milliseconds({
    default: defaults.transitionMs,
    description: 'How long pending, stopping, shutting-down and a new image take.',
  }),
  GATEWAY_SIMULATOR_TERMINATED_LINGER_MS: setting.milliseconds({
    default: defaults.terminatedLingerMs,
    description: 'How long a terminated instance is still listed.',
  }),
  GATEWAY_SIMULATOR_LAG_MS: setting.milliseconds({
    default: defaults.lagMs,
    description: 'How long a new instance stays invisible to Describe calls.',
  }),
  GATEWAY_SIMULATOR_PAGING: setting.choice({
    values: pagingModes,
    default: defaults.paging,
    description: 'How odd the pages are: none, mild or harsh.',
  }),
});

/** Throws ConfigurationError for users that are none, or half a TLS pair; the file's own error for a missing file. */
export function toSettings(config: Config<typeof environmentSchema>): SimulatorSettings {
  const tls = readTls(config.GATEWAY_SIMULATOR_TLS_CERT_FILE, config.GATEWAY_SIMULATOR_TLS_KEY_FILE);
  const users = config.GATEWAY_SIMULATOR_USERS && parseUsers(config.GATEWAY_SIMULATOR_USERS.reveal());
  return {
    host: config.GATEWAY_SIMULATOR_HOST,
    port: config.GATEWAY_SIMULATOR_PORT,
    regions: [...config.GATEWAY_SIMULATOR_REGIONS],
    transitionMs: config.GATEWAY_SIMULATOR_TRANSITION_MS,
    terminatedLingerMs: config.GATEWAY_SIMULATOR_TERMINATED_LINGER_MS,
    lagMs: config.GATEWAY_SIMULATOR_LAG_MS,
    paging: config.GATEWAY_SIMULATOR_PAGING,
    ...(tls && { tls }),
    ...(users && { users }),
  };
}

function parseUsers(text: string): z.output<typeof userSchema>[] {
  try {
    return z.array(userSchema).parse(JSON.parse(text));
  } catch {
    throw wrong('GATEWAY_SIMULATOR_USERS', 'expected a JSON list of users with all their fields');
  }
}

function readTls(certFile: string | undefined, keyFile: string | undefined) {
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile) {
    throw wrong('GATEWAY_SIMULATOR_TLS_CERT_FILE', 'TLS needs both a certificate and a key');
  }
  return { certPem: readFileSync(certFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') };
}

function wrong(name: string, message: string): ConfigurationError {
  return new ConfigurationError([{ name, message }]);
}

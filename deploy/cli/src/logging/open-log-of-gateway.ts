import path from 'node:path';
import type { Writable } from 'node:stream';
import { ConfigurationError, type Environment, readConfig } from '@cloud-gateway/runtime';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { openLogFile } from './open-log-file.ts';

export interface LogOfGateway {
  readonly file: string;
  readonly stream: Writable;
}

/** The log file that is configured, or the usual one beside private servers. Undefined where there is neither. */
export async function openLogOfGateway(
  environment: Environment,
  dataDir: string,
): Promise<LogOfGateway | undefined> {
  const config = readConfig(cliConfigSchema, environment);
  const hasPrivateServers = !(config.GATEWAY_DATABASE_URL && config.GATEWAY_AMQP_URL);
  const usual = hasPrivateServers ? path.join(dataDir, logFileName) : undefined;
  const file = config.GATEWAY_LOG_FILE ?? usual;
  if (!file) return undefined;
  try {
    return { file: path.resolve(file), stream: await openLogFile({ file }) };
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new ConfigurationError([{ name: 'GATEWAY_LOG_FILE', message: `cannot be used: ${reason}` }]);
  }
}

/** Of the log in the data folder. */
export const logFileName = 'gateway.log';

// The certificate of the port on which RabbitMQ asks, when it asks over a network. Wrong files are said at the start.
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from '@cloud-gateway/runtime';
import type { CredentialsConfig } from '../config.ts';

const certSetting = 'GATEWAY_BROKER_AUTH_CERT_FILE';
const keySetting = 'GATEWAY_BROKER_AUTH_KEY_FILE';

/** Two PEM texts that fit each other; undefined when none is set. Throws ConfigurationError. */
export async function readAuthTlsFiles(
  config: Pick<CredentialsConfig, typeof certSetting | typeof keySetting>,
): Promise<{ readonly cert: string; readonly key: string } | undefined> {
  const { [certSetting]: certFile, [keySetting]: keyFile } = config;
  if (!certFile && !keyFile) return undefined;
  if (!certFile) throw wrong(certSetting, `is needed as well when ${keySetting} is set`);
  if (!keyFile) throw wrong(keySetting, `is needed as well when ${certSetting} is set`);
  const cert = await read(certSetting, certFile);
  const key = await read(keySetting, keyFile);
  try {
    createSecureContext({ cert, key });
  } catch (err) {
    throw wrong(keySetting, `${keyFile} and ${certFile} are no key and its certificate: ${messageOf(err)}`);
  }
  return { cert, key };
}

async function read(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (err) {
    throw wrong(name, `cannot be read: ${messageOf(err)}`);
  }
}

function wrong(name: string, message: string): ConfigurationError {
  return new ConfigurationError([{ name, message }]);
}

function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}

// The certificate of the HTTPS listener. What is wrong with it is said at the start, by the name of the setting.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@cloud-gateway/runtime';
import type { EdgeConfig } from '../config.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Two PEM texts that fit each other; undefined when none is set. Throws ConfigurationError. */
export async function readTlsFiles(
  config: Pick<EdgeConfig, typeof certSetting | typeof keySetting>,
): Promise<TlsFiles | undefined> {
  const { [certSetting]: certFile, [keySetting]: keyFile } = config;
  if (!certFile && !keyFile) return undefined;
  if (!certFile) throw wrong(certSetting, `is needed as well when ${keySetting} is set`);
  if (!keyFile) throw wrong(keySetting, `is needed as well when ${certSetting} is set`);
  const cert = await readPem(certSetting, certFile);
  const key = await readPem(keySetting, keyFile);
  const certificate = attempt(
    () => new X509Certificate(cert),
    certSetting,
    `${certFile} holds no PEM certificate`,
  );
  const privateKey = attempt(
    () => createPrivateKey(key),
    keySetting,
    `${keyFile} holds no PEM private key without a passphrase`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw wrong(keySetting, `${keyFile} is not the key of the certificate in ${certFile}`);
  }
  return { cert, key };
}

const certSetting = 'GATEWAY_EDGE_TLS_CERT_FILE';
const keySetting = 'GATEWAY_EDGE_TLS_KEY_FILE';

async function readPem(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (err) {
    throw wrong(name, `cannot be read: ${err instanceof Error ? err.message : String(err)}`);
  }
}

function attempt<Result>(parse: () => Result, name: string, message: string): Result {
  try {
    return parse();
  } catch {
    throw wrong(name, message);
  }
}

function wrong(name: string, message: string): ConfigurationError {
  return new ConfigurationError([{ name, message }]);
}

// How the clouds are reached: read once at the start, so that a wrong proxy or file is one clear line then.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@cloud-gateway/runtime';
import type { CloudConfig } from './cloud-settings.ts';
import { parseProxyUrl, type UpstreamProxy } from './upstream-proxy.ts';

export interface UpstreamRoute {
  /** Undefined: straight to the clouds. */
  readonly proxy: UpstreamProxy | undefined;
  /** PEM of authorities to trust besides the others. */
  readonly extraCa: string | undefined;
}

type UpstreamConfig = Pick<CloudConfig, 'GATEWAY_UPSTREAM_PROXY_URL' | 'GATEWAY_UPSTREAM_CA_FILE'>;

/** Throws ConfigurationError, without the password of the proxy. */
export function readUpstream(config: UpstreamConfig): UpstreamRoute {
  const { GATEWAY_UPSTREAM_PROXY_URL: proxyUrl, GATEWAY_UPSTREAM_CA_FILE: caFile } = config;
  return {
    proxy: proxyUrl && orRefused('GATEWAY_UPSTREAM_PROXY_URL', () => parseProxyUrl(proxyUrl.reveal())),
    extraCa: caFile === undefined ? undefined : orRefused('GATEWAY_UPSTREAM_CA_FILE', () => readPem(caFile)),
  };
}

function orRefused<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError([{ name, message: (error as Error).message }]);
  }
}

// Node takes a file without a certificate for an empty list, and then nothing explains why TLS fails.
function readPem(file: string): string {
  const pem = readFileSync(file, 'utf8');
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw new Error(`${file} holds no certificate in PEM`);
  for (const [index, certificate] of certificates.entries()) {
    if (!isCertificate(certificate)) throw new Error(`certificate ${index + 1} of ${file} cannot be read`);
  }
  return pem;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

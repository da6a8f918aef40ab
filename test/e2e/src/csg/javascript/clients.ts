// The SDK for JavaScript v3 as docs/proxy.md sets it up: an agent for the proxy that trusts its root.
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'hpagent';
import type { IssuedKey } from '../issue-key.ts';

export interface ClientSettings {
  readonly region: string;
  readonly credentials: Pick<IssuedKey, 'accessKeyId' | 'secretAccessKey'>;
  readonly requestHandler: NodeHttpHandler;
}

type ClientClass<Client> = new (settings: ClientSettings) => Client;

export interface Clients {
  readonly requestHandler: NodeHttpHandler;
  of(key: ClientSettings['credentials']): OpenClient;
  close(): void;
}

export type OpenClient = <Client>(Class: ClientClass<Client>, region?: string) => Client;

export function createClients({
  proxyUrl,
  rootPem,
}: {
  readonly proxyUrl: string;
  readonly rootPem: string;
}): Clients {
  const requestHandler = new NodeHttpHandler({
    httpsAgent: new HttpsProxyAgent({ proxy: proxyUrl, ca: rootPem, keepAlive: true, maxSockets: 20 }),
    requestTimeout: 60_000,
  });
  return {
    requestHandler,
    of:
      ({ accessKeyId, secretAccessKey }) =>
      (Class, region = 'us-east-1') =>
        new Class({ region, credentials: { accessKeyId, secretAccessKey }, requestHandler }),
    close: () => requestHandler.destroy(),
  };
}

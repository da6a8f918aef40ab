import { createGatewayClient, type GatewayClient } from '@cloud-gateway/client';
import type { TourDeps } from '../tour-deps.ts';

export async function authenticate({
  api,
  edgeUrl,
  brokerUrl,
  client,
  tell,
}: Pick<TourDeps, 'api' | 'edgeUrl' | 'brokerUrl' | 'client' | 'tell'>): Promise<{
  token: string;
  api: GatewayClient;
}> {
  tell.step('authenticate', 'Authenticate: POST /v1/tokens with a client id and secret');
  const { clientId, clientSecret } = client;
  const { token, expiresAt, permissions } = await api.call('token-create', {
    body: { clientId, clientSecret, expiresInSeconds: 8 * 3600 },
  });
  tell.line(`a token, opaque and revocable, until ${expiresAt}: ${token.slice(0, 10)}…`);
  tell.line(`it allows ${permissions.join(', ')}`);
  tell.done({ clientId, expiresAt, permissions });
  return { token, api: createGatewayClient({ url: edgeUrl, brokerUrl, clientId, token }) };
}

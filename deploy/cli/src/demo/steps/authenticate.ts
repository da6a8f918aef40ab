import type { ApiClient } from '../../api-client.ts';
import type { TourDeps } from '../tour-deps.ts';

export async function authenticate({
  api,
  client,
  tell,
}: Pick<TourDeps, 'api' | 'client' | 'tell'>): Promise<{ token: string; api: ApiClient }> {
  tell.step('authenticate', 'Authenticate: POST /v1/tokens with a client id and secret');
  const { clientId, clientSecret } = client;
  const { token, expiresAt, permissions } = await api.createToken({
    clientId,
    clientSecret,
    expiresInSeconds: 8 * 3600,
  });
  tell.line(`a token, opaque and revocable, until ${expiresAt}: ${token.slice(0, 10)}…`);
  tell.line(`it allows ${permissions.join(', ')}`);
  tell.done({ clientId, expiresAt, permissions });
  return { token, api: api.withToken(token) };
}

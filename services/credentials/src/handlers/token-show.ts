import { GatewayError, tokenShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import type { HandlerDeps } from './handler-deps.ts';

export function tokenShow({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(tokenShowRoute, async ({ caller }) => {
    const token = await store.read.tokens.find(caller.tokenId);
    if (token === undefined)
      throw new GatewayError('not-found', { message: 'This token is deleted by now.' });
    return {
      body: {
        id: token.id,
        clientId: token.clientId,
        organizationId: token.organizationId,
        permissions: [...token.permissions],
        expiresAt: token.expiresAt.toISOString(),
      },
    };
  });
}

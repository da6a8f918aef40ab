// If we die after the commit: the outbox still publishes the event, and a repetition finds the token revoked.

import { auditEntry } from '@cloud-gateway/access';
import { GatewayError, tokenRevokeRoute } from '@cloud-gateway/contracts';
import { type Caller, type Handler, handler } from '@cloud-gateway/messaging';
import type { Token } from '@cloud-gateway/store';
import { revocationEvent } from '../revocation-event.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a token is revoked once. */
export function tokenRevoke({
  store,
  clock,
  verifier,
}: Pick<HandlerDeps, 'store' | 'clock' | 'verifier'>): Handler {
  return handler(tokenRevokeRoute, async (request) => {
    const { caller, params } = request;
    const token = await store.read.tokens.find(params.token === 'current' ? caller.tokenId : params.token);
    assertMayRevoke(caller, token);
    const revokedAt = await store.inTransaction(async (tx) => {
      const at = new Date(clock.nowMs());
      if (!(await tx.tokens.revoke(token.id, at))) return (await tx.tokens.find(token.id))?.revokedAt ?? at;
      await tx.audit.append(
        auditEntry(clock, request, {
          action: 'token.revoked',
          subjectId: token.id,
          details: { clientId: token.clientId },
        }),
      );
      await tx.outbox.append([revocationEvent(clock, token.organizationId, { tokenIds: [token.id] })]);
      return at;
    });
    verifier.forget(token.id);
    return { body: { id: token.id, revokedAt: revokedAt.toISOString() } };
  });
}

function assertMayRevoke(caller: Caller, token: Token | undefined): asserts token is Token {
  const { permissions, clientId, organizationId } = caller;
  const isForeign = token?.organizationId !== organizationId && !permissions.has('organizations:manage');
  if (token === undefined || isForeign) {
    throw new GatewayError('not-found', {
      message: 'There is no such token. Name it by its id, or say current.',
    });
  }
  if (token.clientId !== clientId && !permissions.has('clients:manage')) {
    throw new GatewayError('forbidden', {
      message: "Revoking another client's token needs the permission clients:manage.",
    });
  }
}

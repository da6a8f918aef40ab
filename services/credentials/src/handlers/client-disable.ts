// If we die after the commit: the outbox still publishes the event, and a repetition finds the client disabled.

import { auditEntry } from '@cloud-gateway/access';
import { clientDisableRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Caller, type Handler, handler } from '@cloud-gateway/messaging';
import type { Client } from '@cloud-gateway/store';
import { toClientBody } from '../client-body.ts';
import { revocationEvent } from '../revocation-event.ts';
import { revokeAccessOf } from '../revoke-access-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a client is disabled once. */
export function clientDisable({
  store,
  clock,
  verifier,
}: Pick<HandlerDeps, 'store' | 'clock' | 'verifier'>): Handler {
  return handler(clientDisableRoute, async (request) => {
    const client = await store.read.clients.find(request.params.client);
    assertMayDisable(request.caller, client);
    const { id, organizationId } = client;
    const disabled = await store.inTransaction(async (tx) => {
      const at = new Date(clock.nowMs());
      if (await tx.clients.disable(id, at)) {
        const tokens = await tx.tokens.revokeAllOf(id, at);
        const accessRequests = await revokeAccessOf(tx, { clock, request }, { id, organizationId });
        const details = { tokens, accessRequests };
        await tx.audit.append(
          auditEntry(clock, request, { action: 'client.disabled', subjectId: id, details }),
        );
        await tx.outbox.append([revocationEvent(clock, organizationId, { clientId: id })]);
      }
      return tx.clients.find(id);
    });
    verifier.forgetClient(id);
    return { body: toClientBody(disabled ?? client) };
  });
}

function assertMayDisable(caller: Caller, client: Client | undefined): asserts client is Client {
  const isForeign =
    client?.organizationId !== caller.organizationId && !caller.permissions.has('organizations:manage');
  if (client === undefined || isForeign) {
    throw new GatewayError('not-found', { message: 'There is no such client.' });
  }
  // So there is always one left who can undo it by making another.
  if (client.id === caller.clientId) {
    throw new GatewayError('conflict', { message: 'A client cannot disable itself; let another one do it.' });
  }
}

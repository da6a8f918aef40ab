// A client's id and secret become a token.

import { auditEntry } from '@cloud-gateway/access';
import { type Permission, tokenCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type PublicRequest, publicHandler } from '@cloud-gateway/messaging';
import type { Client } from '@cloud-gateway/store';
import { hashToken, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { assertHoldsAll } from '../assert-holds-all.ts';
import { authenticateClient } from '../authenticate-client.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'loginFailures' | 'checkSecret' | 'auditedFailures'>;
type Request = PublicRequest<typeof tokenCreateRoute>;

/** Safe to run twice: the token of a first run was never seen, and expires. */
export function tokenCreate(deps: Deps): Handler {
  return publicHandler(tokenCreateRoute, async (request) => {
    const { clientId, clientSecret } = request.body;
    const { requestId } = request;
    const client = await authenticateClient(deps, { clientId, clientSecret, requestId });
    const permissions = request.body.permissions ?? client.permissions;
    assertHoldsAll('This client', { wanted: permissions, held: new Set(client.permissions) });
    return { body: await issueToken(deps, request, { client, permissions }) };
  });
}

async function issueToken(
  { store, clock }: Deps,
  request: Request,
  { client, permissions }: { client: Client; permissions: readonly Permission[] },
) {
  const token = mintToken(tokenPrefixes.token);
  const id = mintId('tok', clock);
  const createdAt = new Date(clock.nowMs());
  const expiresAt = new Date(createdAt.getTime() + request.body.expiresInSeconds * 1000);
  const { requestId, idempotencyKey } = request;
  const act = {
    requestId,
    idempotencyKey,
    caller: { clientId: client.id, organizationId: client.organizationId },
  };
  await store.inTransaction(async (tx) => {
    await tx.tokens.create({
      id,
      hash: hashToken(token),
      clientId: client.id,
      permissions,
      createdAt,
      expiresAt,
    });
    await tx.audit.append(
      auditEntry(clock, act, { action: 'token.created', subjectId: id, details: { permissions } }),
    );
  });
  return {
    id,
    token,
    tokenType: 'Bearer' as const,
    permissions: [...permissions],
    expiresAt: expiresAt.toISOString(),
  };
}

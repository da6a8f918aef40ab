// A client's id and secret become a token. Whether the client is unknown, the secret is wrong or the client is disabled
// must not be seen, neither in the answer nor in the time it takes: all three do the same work.
import { GatewayError, type Permission, tokenCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type PublicRequest, publicHandler } from '@cloud-gateway/messaging';
import type { Client } from '@cloud-gateway/store';
import { hashToken, mintId, mintToken, tokenPrefixes, verifySecret } from '@cloud-gateway/vault';
import { assertHoldsAll } from '../assert-holds-all.ts';
import { auditEntry } from '../audit-entry.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'loginFailures' | 'auditedFailures'>;
type Request = PublicRequest<typeof tokenCreateRoute>;

/** Safe to run twice: the token of a first run was never seen, and expires. */
export function tokenCreate(deps: Deps): Handler {
  return publicHandler(tokenCreateRoute, async (request) => {
    const client = await authenticate(deps, request);
    const permissions = request.body.permissions ?? client.permissions;
    assertHoldsAll('This client', { wanted: permissions, held: new Set(client.permissions) });
    return { body: await issueToken(deps, request, { client, permissions }) };
  });
}

async function authenticate(deps: Deps, request: Request): Promise<Client> {
  const { clientId, clientSecret } = request.body;
  const waitMs = deps.loginFailures.waitMs(clientId);
  if (waitMs > 0) throw tooMany(waitMs);
  const { clients } = deps.store.read;
  const [client, secretHash] = await Promise.all([clients.find(clientId), clients.findSecretHash(clientId)]);
  const secretIsRight = await verifySecret(clientSecret, secretHash);
  if (client === undefined || !secretIsRight || client.disabledAt !== null) {
    deps.loginFailures.failed(clientId);
    await auditFailure(deps, request, client);
    throw refused();
  }
  deps.loginFailures.succeeded(clientId);
  return client;
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

// A flood of failures must not fill the database: past its bound only the responder's log line tells of them.
async function auditFailure(deps: Deps, request: Request, client: Client | undefined): Promise<void> {
  if (deps.auditedFailures.waitMs('all') > 0) return;
  deps.auditedFailures.failed('all');
  const { clientId } = request.body;
  await deps.store.read.audit.append({
    id: mintId('aud', deps.clock),
    at: new Date(deps.clock.nowMs()),
    organizationId: client?.organizationId ?? null,
    actorId: client?.id ?? null,
    action: 'token.refused',
    subjectId: client?.id ?? null,
    requestId: request.requestId,
    // People paste secrets into the wrong field: only what looks like an id is kept.
    details: { clientId: /^cli_[0-9a-z]{26}$/.test(clientId) ? clientId : null },
  });
}

function tooMany(waitMs: number): GatewayError {
  return new GatewayError('too-many-requests', {
    message: 'There were too many failed attempts for this client id.',
    retryAfterMs: waitMs,
  });
}

function refused(): GatewayError {
  return new GatewayError('unauthenticated', {
    message:
      'There is no active client with this id and secret. Check both; an administrator makes new ones.',
  });
}

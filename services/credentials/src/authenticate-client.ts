// A client's id and secret, wherever they are shown: to the API for a token, or to the broker. Whether the client is
// unknown, the secret is wrong or the client is disabled must not be seen, neither in the answer nor in the time it
// takes: all three do the same work.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Client } from '@cloud-gateway/store';
import { mintId, verifySecret } from '@cloud-gateway/vault';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import { isClientId } from './is-client-id.ts';

export type AuthenticateClientDeps = Pick<
  HandlerDeps,
  'store' | 'clock' | 'loginFailures' | 'checkSecret' | 'auditedFailures'
>;

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Undefined: it was no request of the API. */
  readonly requestId: string | undefined;
}

/**
 * Throws `unauthenticated`; `too-many-requests` after too many failures of this client id; `overloaded` when too many log
 * in at once.
 */
export async function authenticateClient(
  deps: AuthenticateClientDeps,
  credentials: ClientCredentials,
): Promise<Client> {
  const { clientId, clientSecret } = credentials;
  mustNotWait(deps, clientId);
  const { clients } = deps.store.read;
  const [client, secretHash] = await Promise.all([clients.find(clientId), clients.findSecretHash(clientId)]);
  const isRight = await deps.checkSecret(async () => {
    mustNotWait(deps, clientId); // Others may have failed while this one waited for its turn.
    const secretIsRight = await verifySecret(clientSecret, secretHash);
    const isRefused = !secretIsRight || client === undefined || client.disabledAt !== null;
    if (isRefused) deps.loginFailures.failed(clientId);
    else deps.loginFailures.succeeded(clientId);
    return !isRefused;
  });
  if (client !== undefined && isRight) return client;
  await auditFailure(deps, credentials, client);
  throw refused();
}

function mustNotWait({ loginFailures }: AuthenticateClientDeps, clientId: string): void {
  const waitMs = loginFailures.waitMs(clientId);
  if (waitMs > 0) throw tooMany(waitMs);
}

// A flood of failures must not fill the database: past its bound only the log tells of them.
async function auditFailure(
  { store, clock, auditedFailures }: AuthenticateClientDeps,
  { clientId, requestId }: ClientCredentials,
  client: Client | undefined,
): Promise<void> {
  if (auditedFailures.waitMs('all') > 0) return;
  auditedFailures.failed('all');
  await store.read.audit.append({
    id: mintId('aud', clock),
    at: new Date(clock.nowMs()),
    organizationId: client?.organizationId ?? null,
    actorId: client?.id ?? null,
    action: 'token.refused',
    subjectId: client?.id ?? null,
    requestId: requestId ?? null,
    details: { clientId: isClientId(clientId) ? clientId : null },
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

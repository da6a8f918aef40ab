// A client's id and secret, wherever they are shown: to the API for a token, or to the broker. Whether the client is
// unknown, the secret is wrong or the client is disabled must not be seen, neither in the answer nor in the time it
// takes: all three do the same work.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Client } from '@cloud-gateway/store';
import { mintId, verifySecret } from '@cloud-gateway/vault';
import type { HandlerDeps } from './handlers/handler-deps.ts';

export type AuthenticateClientDeps = Pick<
  HandlerDeps,
  'store' | 'clock' | 'loginFailures' | 'auditedFailures'
>;

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Undefined: it was no request of the API. */
  readonly requestId: string | undefined;
}

/** Throws `unauthenticated`, or `too-many-requests` after too many failures of this client id. */
export async function authenticateClient(
  deps: AuthenticateClientDeps,
  credentials: ClientCredentials,
): Promise<Client> {
  const { clientId, clientSecret } = credentials;
  const waitMs = deps.loginFailures.waitMs(clientId);
  if (waitMs > 0) throw tooMany(waitMs);
  const { clients } = deps.store.read;
  const [client, secretHash] = await Promise.all([clients.find(clientId), clients.findSecretHash(clientId)]);
  const secretIsRight = await verifySecret(clientSecret, secretHash);
  if (client === undefined || !secretIsRight || client.disabledAt !== null) {
    deps.loginFailures.failed(clientId);
    await auditFailure(deps, credentials, client);
    throw refused();
  }
  deps.loginFailures.succeeded(clientId);
  return client;
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

// If we die after the commit, before the answer: nobody has seen the secret. The repetition finds the client in the
// audit log and gives it a new secret, so that there is one client and one answer.

import { findEarlierEffect } from '@cloud-gateway/access';
import { clientCreateRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Caller, type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { Client, Repositories } from '@cloud-gateway/store';
import { assertHoldsAll } from '../assert-holds-all.ts';
import { toClientBody } from '../client-body.ts';
import { createClient, mintClientSecret } from '../create-client.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock'>;
type Request = HandlerRequest<typeof clientCreateRoute>;

export function clientCreate(deps: Deps): Handler {
  return handler(clientCreateRoute, async (request) => {
    const { caller, body } = request;
    const organizationId = body.organizationId ?? caller.organizationId;
    assertMayCreateIn(caller, organizationId);
    assertHoldsAll('Your token', { wanted: body.permissions, held: caller.permissions });
    const { secret, secretHash } = await mintClientSecret();
    const client = await deps.store.inTransaction(
      async (tx) =>
        (await renewEarlier(tx, { ...deps, request, secretHash })) ??
        (await create(tx, { ...deps, request, secretHash, organizationId })),
    );
    return { body: { ...toClientBody(client), secret } };
  });
}

function assertMayCreateIn(caller: Caller, organizationId: string): void {
  if (organizationId === caller.organizationId || caller.permissions.has('organizations:manage')) return;
  throw new GatewayError('forbidden', {
    message: 'Creating a client of another organization needs the permission organizations:manage.',
  });
}

interface Creation extends Deps {
  readonly request: Request;
  readonly secretHash: string;
}

async function renewEarlier(tx: Repositories, creation: Creation): Promise<Client | undefined> {
  const { clock, request, secretHash } = creation;
  const earlierId = await findEarlierEffect({ audit: tx.audit, clock }, request, 'client.created');
  if (earlierId === undefined) return undefined;
  await tx.clients.replaceSecretHash(earlierId, secretHash);
  return tx.clients.find(earlierId);
}

async function create(tx: Repositories, creation: Creation & { organizationId: string }): Promise<Client> {
  const { clock, request, secretHash, organizationId } = creation;
  if ((await tx.organizations.find(organizationId)) === undefined) {
    throw new GatewayError('not-found', { message: `There is no organization ${organizationId}.` });
  }
  const { name } = request.body;
  const permissions = [...new Set(request.body.permissions)];
  return createClient(tx, {
    clock,
    client: { organizationId, name, permissions },
    secretHash,
    request,
    details: { name, organizationId, permissions },
  });
}

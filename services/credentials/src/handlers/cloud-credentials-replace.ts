// If we die: before the commit the old keys stay. After it, a repetition replaces the new keys by the same ones.

import { auditEntry } from '@cloud-gateway/access';
import { cloudCredentialsReplaceRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import { type Credential, credentialStatusEntry } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { assertChangeable } from '../assert-usable-credentials.ts';
import { type IdentifiedCredentials, identifyAndSeal } from '../identify-and-seal.ts';
import { toStoredCredentialsBody } from '../stored-credentials-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'vault' | 'clouds' | 'clock'>;
type Request = HandlerRequest<typeof cloudCredentialsReplaceRoute>;

export function cloudCredentialsReplace(deps: Deps): Handler {
  return handler(cloudCredentialsReplaceRoute, async (request) => {
    const { store, vault, clouds } = deps;
    const { caller, body, signal } = request;
    const id = request.params.credential;
    const present = await store.read.credentials.find(id);
    assertChangeable(present, { id, caller });
    const identified = await identifyAndSeal(
      { cloud: clouds.get(present.cloud), vault },
      { id, credentials: body.credentials, signal },
    );
    if (identified.accountId !== present.accountId) throw otherAccount(present, identified);
    const replaced = await replace(deps, request, identified);
    return { body: await toStoredCredentialsBody(store.read, caller, replaced) };
  });
}

function otherAccount(present: Credential, { accountId }: IdentifiedCredentials): GatewayError {
  return new GatewayError('conflict', {
    message: `These keys belong to ${accountId}, the stored ones to ${present.accountId}: store them as credentials of their own (POST /v1/cloud-credentials).`,
  });
}

async function replace(
  { store, clock }: Deps,
  request: Request,
  { kind, identity, publicPart, sealed }: IdentifiedCredentials,
): Promise<Credential> {
  const id = request.params.credential;
  const atMs = clock.nowMs();
  return store.inTransaction(async (tx) => {
    const present = await tx.credentials.lock(id);
    assertChangeable(present, { id, caller: request.caller });
    const name = request.body.name ?? present.name;
    await tx.credentials.replace(id, { name, kind, identity, publicPart, sealed, checkedAt: new Date(atMs) });
    const details = { identity, kind, publicPart, before: present.publicPart };
    await tx.audit.append(
      auditEntry(clock, request, { action: 'cloud-credentials.replaced', subjectId: id, details }),
    );
    const credential = { ...present, publicPart };
    if (present.status === 'invalid') {
      const news = { id: mintId('evt', clock), atMs, credential, status: 'valid', reason: null } as const;
      await tx.outbox.append([credentialStatusEntry(news)]);
    }
    return (await tx.credentials.find(id)) ?? credential;
  });
}

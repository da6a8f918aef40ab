// If we die: before the commit nothing is kept. After it, the repetition finds in the audit log what was stored.

import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { cloudCredentialsCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { Credential, NewCredential, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { assertMayManageGlobal } from '../assert-usable-credentials.ts';
import { findEnvironment } from '../find-environment.ts';
import { identifyAndSeal } from '../identify-and-seal.ts';
import { toStoredCredentialsBody } from '../stored-credentials-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'vault' | 'clouds' | 'clock'>;
type Request = HandlerRequest<typeof cloudCredentialsCreateRoute>;

export function cloudCredentialsCreate(deps: Deps): Handler {
  return handler(cloudCredentialsCreateRoute, async (request) => {
    const { store } = deps;
    if (request.body.scope === 'global') assertMayManageGlobal(request.caller);
    // Before the cloud is asked: what is wrong in the request itself is told at once.
    await findEnvironments(store.read, request);
    const earlier = await findEarlier(store.read, deps, request);
    const row = earlier ?? (await storeNew(deps, request, await acceptedByCloud(deps, request)));
    return { body: await toStoredCredentialsBody(store.read, request.caller, row) };
  });
}

async function findEnvironments(
  repositories: Pick<Repositories, 'environments'>,
  { body, caller: { organizationId } }: Request,
): Promise<string[]> {
  const ids = [...new Set(body.environmentIds)];
  for (const id of ids) await findEnvironment(repositories, { id, organizationId });
  return ids;
}

async function findEarlier(
  { audit, credentials }: Pick<Repositories, 'audit' | 'credentials'>,
  { clock }: Deps,
  request: Request,
): Promise<Credential | undefined> {
  const earlierId = await findEarlierEffect({ audit, clock }, request, 'cloud-credentials.created');
  return earlierId === undefined ? undefined : credentials.find(earlierId);
}

async function acceptedByCloud(
  { vault, clouds, clock }: Deps,
  { body, caller, signal }: Request,
): Promise<NewCredential> {
  const id = mintId('cred', clock);
  const cloud = clouds.get(body.cloud);
  const { cloudAccountId, ...identified } = await identifyAndSeal(
    { cloud, vault },
    { id, credentials: body.credentials, signal },
  );
  return {
    ...identified,
    id,
    organizationId: body.scope === 'global' ? null : caller.organizationId,
    name: body.name,
    createdAt: new Date(clock.nowMs()),
  };
}

async function storeNew(
  { store, clock }: Deps,
  request: Request,
  credential: NewCredential,
): Promise<Credential> {
  const { id, cloud, accountId, identity, name, kind, createdAt } = credential;
  return store.inTransaction(async (tx) => {
    const environmentIds = await findEnvironments(tx, request);
    await tx.credentials.create(credential);
    for (const environmentId of environmentIds) await tx.environments.link(environmentId, id, createdAt);
    const { scope } = request.body;
    const details = { cloud, accountId, identity, name, kind, scope, environmentIds };
    await tx.audit.append(
      auditEntry(clock, request, { action: 'cloud-credentials.created', subjectId: id, details }),
    );
    const stored = await tx.credentials.find(id);
    if (stored === undefined) throw new Error('credentials vanished');
    return stored;
  });
}

// Proof of account: the cloud says whose the credentials are, and the client that sent them may work on that account.
//
// If we die: before the commit nothing is kept. After it, a repetition proves once more, which replaces the credentials
// by the same ones.

import { auditEntry } from '@cloud-gateway/access';
import { accountProveRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { NewCredential, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { accountEvent } from '../account-event.ts';
import { identifyAndSeal } from '../identify-and-seal.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'vault' | 'clouds' | 'clock'>;
type Request = HandlerRequest<typeof accountProveRoute>;

export function accountProve(deps: Deps): Handler {
  return handler(accountProveRoute, async (request) => {
    const { credentials, name } = request.body;
    const cloud = deps.clouds.get(request.body.cloud);
    const id = mintId('cred', deps.clock);
    const { cloudAccountId, ...identified } = await identifyAndSeal(
      { cloud, vault: deps.vault },
      { id, credentials, signal: request.signal },
    );
    const createdAt = new Date(deps.clock.nowMs());
    const { organizationId } = request.caller;
    const account = { id: identified.accountId, cloud: cloud.id, cloudAccountId, createdAt };
    const kept = await deps.store.inTransaction(async (tx) => {
      await tx.accounts.ensure(account);
      const stored = {
        ...identified,
        id,
        organizationId,
        name: name ?? (await earlierName(tx, request, account.id)),
        createdAt,
      };
      await replaceCredential(tx, request, stored);
      const details = { credentialId: id, identity: stored.identity };
      await tx.audit.append(
        auditEntry(deps.clock, request, { action: 'account.proven', subjectId: account.id, details }),
      );
      const news = { subject: 'account.proven', account: account.id } as const;
      await tx.outbox.append([accountEvent(deps.clock, request.caller, news)]);
      return stored;
    });
    return {
      body: {
        id: account.id,
        cloud: cloud.id,
        cloudAccountId,
        name: kept.name,
        credentialsStatus: 'valid' as const,
        provenAt: kept.createdAt.toISOString(),
      },
    };
  });
}

/** The name stays when the account is proven again without one. */
async function earlierName(tx: Repositories, { caller }: Request, accountId: string): Promise<string | null> {
  const grant = await tx.grants.find(caller.clientId, accountId);
  const credential = grant && (await tx.credentials.find(grant.credentialId));
  return credential?.name ?? null;
}

async function replaceCredential(
  tx: Repositories,
  { caller }: Request,
  credential: NewCredential,
): Promise<void> {
  await tx.credentials.create(credential);
  const beforeId = await tx.grants.put({
    clientId: caller.clientId,
    accountId: credential.accountId,
    credentialId: credential.id,
    provenAt: credential.createdAt,
  });
  if (beforeId !== undefined) await tx.credentials.deleteUnused(beforeId);
}

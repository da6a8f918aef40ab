// Asks the cloud for one resource and writes down what it says, as part of a request: a refresh, a precondition, or the
// wait for a stable state.
import type { ResourceReference } from '@cloud-gateway/clouds';
import type { ResourceType } from '@cloud-gateway/contracts';
import {
  publishedAccountId,
  type Repositories,
  type ResourceDocument,
  type Store,
} from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import { findResource } from './find-resource.ts';
import { type RecordedChange, recordChange } from './record-change.ts';
import type { SessionOpener } from './session-opener.ts';

export interface LookDeps {
  readonly store: Store;
  readonly sessions: SessionOpener;
}

export interface Look {
  readonly account: OpenAccount;
  readonly region: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/**
 * Gives the document as it is in the store afterwards. Null: the cloud does not show the resource. That alone removes
 * nothing here, because clouds may not yet show what they have just made, or forget it for a moment; the poller decides.
 * Only where the resource was on its way out (`isLeaving`) it is gone then, and the answer is the deleted document.
 */
export async function lookAgain(
  { store, sessions }: LookDeps,
  look: Look,
  known: ResourceDocument,
  { isLeaving = false } = {},
): Promise<ResourceDocument | null> {
  const { account, region, requestId, signal } = look;
  const { id, type, cloudId } = known;
  const seen = await sessions.withSession(account, region, (session) =>
    session.look(type, [cloudId], signal),
  );
  const resource = seen.find((body) => body.type === type && body.cloudId === cloudId) ?? null;
  if (resource === null && !isLeaving) return null;
  const gone: ResourceReference[] = resource === null ? [{ type, cloudId }] : [];
  const alsoSeen = seen.filter((body) => body !== resource);
  await store.inTransaction(async (tx) => {
    if (await isOvertaken(tx, account.place, known)) return;
    await recordChange(tx, { account, region, requestId, change: { resource, alsoSeen, gone } });
  });
  return findAfterwards(store, { account, region }, { id, type, cloudId });
}

/** A write that was recorded since the look began knows better than the look. */
async function isOvertaken(
  tx: Pick<Repositories, 'sequences' | 'resources'>,
  { cloud, account }: OpenAccount['place'],
  { id, revision, account: keptBy }: ResourceDocument,
): Promise<boolean> {
  // Whoever records a change holds the lock of the account; the published come first.
  if (keptBy === null) await tx.sequences.lock(publishedAccountId(cloud));
  await tx.sequences.lock(account);
  const now = (await tx.resources.known([id])).get(id);
  return now?.revision !== revision;
}

/** By the cloud's id: what was published meanwhile, or is no longer, has another id of ours. */
export async function findAfterwards(
  store: Pick<Store, 'read'>,
  { account, region }: Pick<RecordedChange, 'account' | 'region'>,
  { id, type, cloudId }: { readonly id: string; readonly type: ResourceType; readonly cloudId: string },
): Promise<ResourceDocument> {
  const place = { ...account.place, region, type };
  const byCloudId = await store.read.resources.find({ ...place, id: cloudId });
  return byCloudId ?? findResource(store, { ...place, id });
}

// Writes down what the cloud answered to a change, before the caller is answered: he finds the resource where he looks
// for it next, subscribers get the event, and the poller looks soon for what happens further.
import type { Cause, InstanceBody } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import {
  applyChanges,
  type ResourceDocument,
  type ResourceScope,
  resourceIdOf,
  type Store,
} from '@cloud-gateway/store';
import { findResource } from './find-resource.ts';

export interface AnsweredChange {
  readonly scope: ResourceScope;
  readonly requestId: string;
  readonly body: InstanceBody;
  readonly log: Logger;
}

/** Gives the document as it is in the store now. Safe to run twice: what is there already is no change. */
export async function recordInstance(
  store: Store,
  { scope, requestId, body, log }: AnsweredChange,
): Promise<ResourceDocument> {
  const cause: Cause = { kind: 'request', id: requestId };
  await store.inTransaction(async (tx) =>
    applyChanges(tx, { scope, cause, startedAtMs: null, observed: [body] }),
  );
  await wakePoller(store, scope, log);
  return findResource(store, {
    cloud: scope.cloud,
    account: scope.account,
    region: scope.region,
    type: body.type,
    id: resourceIdOf(scope, body),
  });
}

// After the transaction and not in it: a poller that writes results holds its unit first and the account second.
async function wakePoller(store: Store, { account, region }: ResourceScope, log: Logger): Promise<void> {
  try {
    await store.read.pollUnits.wake({ accountId: account, region, type: 'instance' });
  } catch (err) {
    // The change is made and kept. Without this the poller comes by at its usual time.
    log.warn('the poller could not be asked to look soon', { account, region, err });
  }
}

// Writes down what the cloud answered to a request before the caller hears of it: he finds the resource where he looks
// for it next, subscribers get the event, and the poller keeps an eye on what is still in transition.
//
// What is published is kept in the account of the published, once; what was published and is not any more leaves it.
// Lock order, as the poller's: watches, the account of the published, the caller's account.
import type { Change, ResourceReference } from '@cloud-gateway/clouds';
import {
  type Cause,
  isPublished,
  type ResourceBody,
  type ShareableType,
  shareableTypes,
} from '@cloud-gateway/contracts';
import {
  type Absence,
  applyChanges,
  publishedAccountId,
  type Repositories,
  resourceIdOf,
} from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';

export interface RecordedChange {
  readonly account: Pick<OpenAccount, 'cloud' | 'place' | 'cloudAccountId'>;
  readonly region: string;
  /** The request that the events name as their cause. */
  readonly requestId: string;
  readonly change: Pick<Change, 'resource' | 'alsoSeen' | 'gone'>;
}

/** Call it in a transaction. Safe to run twice: what is there already is no change. */
export async function recordChange(tx: Repositories, recorded: RecordedChange): Promise<void> {
  const { account, region, requestId, change } = recorded;
  const { cloud, account: accountId } = account.place;
  const cause: Cause = { kind: 'request', id: requestId };
  const observed = change.resource === null ? change.alsoSeen : [change.resource, ...change.alsoSeen];
  const own = { cloud, account: accountId, region };
  const published = { ...own, account: publishedAccountId(cloud) };
  const nowPublished = observed.filter(isPublished);
  const notPublished = observed.filter((body) => !isPublished(body));

  await watchTransitions(tx, recorded, observed);
  const unpublished = await noLongerPublished(tx, recorded, notPublished);
  if (nowPublished.length + unpublished.length > 0) {
    await applyChanges(tx, {
      scope: published,
      cause,
      startedAtMs: null,
      observed: nowPublished,
      absent: unpublished,
      observer: accountId,
    });
  }
  await applyChanges(tx, {
    scope: own,
    cause,
    startedAtMs: null,
    observed: notPublished,
    absent: [
      ...change.gone.map((gone) => ({ id: resourceIdOf(own, gone), reason: 'destroyed' as const })),
      ...nowPublished.map((body) => ({ id: resourceIdOf(own, body), reason: 'published' as const })),
    ],
  });
}

/** The gateway's id of what the change was about. */
export function recordedIdOf(
  { account, region }: Pick<RecordedChange, 'account' | 'region'>,
  resource: Pick<ResourceBody, 'type' | 'cloudId' | 'visibility'>,
): string {
  const { cloud, account: accountId } = account.place;
  const keptBy = isPublished(resource) ? publishedAccountId(cloud) : accountId;
  return resourceIdOf({ cloud, account: keptBy, region }, resource);
}

/** While something is in transition the poller looks at it every few seconds, and at nothing else for its sake. */
async function watchTransitions(
  tx: Pick<Repositories, 'watches'>,
  { account, region }: RecordedChange,
  observed: readonly ResourceBody[],
): Promise<void> {
  const moving = observed.filter((body) => account.cloud.isTransitional(body));
  if (moving.length === 0) return;
  const { cloud, account: accountId } = account.place;
  await tx.watches.add(
    moving.map(({ type, cloudId }) => ({ cloud, accountId, region, type, cloudId, forMs, firstInMs })),
  );
}

const forMs = 120_000;
const firstInMs = 2_000;

/** Rows of the published that this change shows to be gone, or private again. Only their owner can tell. */
async function noLongerPublished(
  tx: Pick<Repositories, 'resources'>,
  { account, region, change }: RecordedChange,
  notPublished: readonly ResourceBody[],
): Promise<Absence[]> {
  const { cloud } = account.place;
  const takenBack = notPublished.filter(({ owner }) => owner === account.cloudAccountId);
  const absences: Absence[] = [];
  for (const type of shareableTypes) {
    const destroyed = new Set(idsOf(change.gone, type));
    const cloudIds = [...destroyed, ...idsOf(takenBack, type)];
    if (cloudIds.length === 0) continue;
    const live = await tx.resources.livePublished({ cloud, region, type, cloudIds });
    for (const [cloudId, { id }] of live) {
      absences.push({ id, reason: destroyed.has(cloudId) ? 'destroyed' : 'absent' });
    }
  }
  return absences;
}

function idsOf(references: readonly ResourceReference[], type: ShareableType): string[] {
  return references.filter((reference) => reference.type === type).map(({ cloudId }) => cloudId);
}

// The account's own snapshots, then those that others have shared with it by name. EC2 does not say on a snapshot that it
// is public, so those of the account's own that are get asked for first.
import type { Snapshot } from '@aws-sdk/client-ec2';
import { volumeSnapshotBody } from '../bodies/volume-snapshot-body.ts';
import { publishedAmong } from '../describe/published-among.ts';
import { snapshotPages } from '../describe/snapshot-pages.ts';
import type { Listing, ListingDeps } from './listing.ts';

export const listSnapshots: Listing = async function* (deps, signal) {
  const { onUnknownState } = deps;
  const published = await ownPublished(deps, signal);
  for await (const page of snapshotPages(deps, { OwnerIds: ['self'] }, signal)) {
    const visibilityOf = ({ SnapshotId = '' }: Snapshot) =>
      published.has(SnapshotId) ? 'public' : 'private';
    yield {
      items: page.map((it) => volumeSnapshotBody(it, { visibility: visibilityOf(it), onUnknownState })),
    };
  }
  for await (const page of snapshotPages(deps, { RestorableByUserIds: ['self'] }, signal)) {
    const others = page.filter(({ OwnerId }) => OwnerId !== deps.cloudAccountId);
    // What is public as well is everybody's.
    const everybodys = await publishedAmong(deps, others, signal);
    const shared = others.filter(({ SnapshotId = '' }) => !everybodys.has(SnapshotId));
    yield { items: shared.map((it) => volumeSnapshotBody(it, { visibility: 'shared', onUnknownState })) };
  }
};

async function ownPublished(deps: ListingDeps, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const which = { OwnerIds: ['self'], RestorableByUserIds: ['all'] };
  for await (const page of snapshotPages(deps, which, signal)) {
    for (const { SnapshotId = '' } of page) ids.add(SnapshotId);
  }
  return ids;
}

// The public snapshots of the owners that the operator chose. Nobody's by default: there are hundreds of thousands.
import { volumeSnapshotBody } from '../bodies/volume-snapshot-body.ts';
import { snapshotPages } from '../describe/snapshot-pages.ts';
import type { Listing } from './listing.ts';

export const listPublishedSnapshots: Listing = async function* (deps, signal) {
  const { publishedSnapshotOwners, onUnknownState } = deps;
  if (publishedSnapshotOwners.length === 0) return;
  const which = { OwnerIds: [...publishedSnapshotOwners], RestorableByUserIds: ['all'] };
  for await (const page of snapshotPages(deps, which, signal)) {
    yield { items: page.map((it) => volumeSnapshotBody(it, { visibility: 'public', onUnknownState })) };
  }
};

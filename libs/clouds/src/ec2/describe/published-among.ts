import type { Snapshot } from '@aws-sdk/client-ec2';
import { chunked } from './chunked.ts';
import type { DescribeDeps } from './describe.ts';
import { snapshotPages } from './snapshot-pages.ts';

/** Tells which of these snapshots everybody may use. EC2 says it of a snapshot only by who finds it. */
export async function publishedAmong(
  deps: DescribeDeps,
  snapshots: readonly Snapshot[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const published = new Set<string>();
  for (const some of chunked(snapshots)) {
    const which = {
      // Without the owners EC2 would search all that is public.
      OwnerIds: [...new Set(some.map(({ OwnerId = '' }) => OwnerId))],
      RestorableByUserIds: ['all'],
      Filters: [{ Name: 'snapshot-id', Values: some.map(({ SnapshotId = '' }) => SnapshotId) }],
    };
    for await (const page of snapshotPages(deps, which, signal)) {
      for (const { SnapshotId = '' } of page) published.add(SnapshotId);
    }
  }
  return published;
}

import type { Snapshot } from '@aws-sdk/client-ec2';
import type { VolumeSnapshotBody } from '@cloud-gateway/contracts';
import { volumeSnapshotBody } from '../bodies/volume-snapshot-body.ts';
import type { DescribeDeps } from '../describe/describe.ts';
import { publishedAmong } from '../describe/published-among.ts';
import { snapshotPages } from '../describe/snapshot-pages.ts';
import { knownOf } from './known-of.ts';

/** The account's own snapshots, and others that it may use. Two calls: the second tells which of them are public. */
export async function lookAtSnapshots(
  deps: DescribeDeps,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<VolumeSnapshotBody[]> {
  const snapshots = await knownOf(ids, async (SnapshotIds) => {
    const found: Snapshot[] = [];
    for await (const page of snapshotPages(deps, { SnapshotIds: [...SnapshotIds] }, signal)) {
      found.push(...page);
    }
    return found;
  });
  const published = await publishedAmong(deps, snapshots, signal);
  const visibilityOf = ({ SnapshotId = '', OwnerId }: Snapshot) => {
    if (published.has(SnapshotId)) return 'public';
    return OwnerId === deps.cloudAccountId ? 'private' : 'shared';
  };
  const { onUnknownState } = deps;
  return snapshots.map((it) => volumeSnapshotBody(it, { visibility: visibilityOf(it), onUnknownState }));
}

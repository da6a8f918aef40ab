// EC2 DescribeSnapshots: by id, by owner, by who may make volumes of them. Without any of them: every visible snapshot.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findSnapshots } from '../compute/storage/find-snapshot.ts';
import { snapshotTagsSeen, writeSnapshot } from '../compute/storage/snapshot-xml.ts';
import { snapshotProgress, snapshotState, type VolumeSnapshot } from '../compute/storage/volume-snapshot.ts';
import { describeBucket } from '../faults/describe-bucket.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

export const describeSnapshots = defineAction({
  service: 'ec2',
  name: 'DescribeSnapshots',
  // To name owners is no filter: that listing is as long as the account is big.
  bucket: describeBucket,
  input: {
    ids: list('SnapshotId', text),
    owners: list('Owner', text),
    restorableBy: list('RestorableBy', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, owners, restorableBy, filters, maxResults, nextToken }, call) {
    if (ids.length > 0 && maxResults !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter snapshotSet cannot be used with the parameter maxResults',
      );
    }
    const { world, accountId, region, nowMs } = call;
    const visible = world.snapshotsSeenBy(accountId, region);
    const asked = (ids.length > 0 ? findSnapshots(ids, visible) : visible)
      .filter((each) => owners.length === 0 || owners.some((owner) => isOwnedBy(each, owner, accountId)))
      .filter(
        (each) =>
          restorableBy.length === 0 || restorableBy.some((user) => isRestorableBy(each, user, accountId)),
      );
    const page = listPage(
      {
        listing: 'snapshots',
        items: applyFilters(asked, {
          filters,
          table: filterTable(nowMs),
          tagsOf: (each) => snapshotTagsSeen(each, call),
        }),
        keyOf: ({ id }) => id,
        byId: ids.length > 0,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      snapshotSet: page.items.map((each) => writeSnapshot(each, call)),
      nextToken: page.nextToken,
    };
  },
});

function filterTable(nowMs: number): FilterTable<VolumeSnapshot> {
  return {
    description: ({ description }) => [description],
    encrypted: ({ encrypted }) => [String(encrypted)],
    'owner-alias': ({ ownerAlias }) => [ownerAlias],
    'owner-id': ({ ownerId }) => [ownerId],
    progress: (snapshot) => [snapshotProgress(snapshot, nowMs)],
    'snapshot-id': ({ id }) => [id],
    'start-time': ({ createdAtMs }) => [new Date(createdAtMs).toISOString()],
    status: (snapshot) => [snapshotState(snapshot, nowMs)],
    'storage-tier': () => ['standard'],
    'volume-id': ({ volumeId }) => [volumeId],
    'volume-size': ({ sizeGiB }) => [String(sizeGiB)],
  };
}

function isOwnedBy({ ownerId, ownerAlias }: VolumeSnapshot, owner: string, accountId: string): boolean {
  return owner === 'self' ? ownerId === accountId : owner === ownerId || owner === ownerAlias;
}

/** `self` is what I own or was given by name; `all` is what everybody may use. */
function isRestorableBy(
  { isPublic, ownerId, sharedWith }: VolumeSnapshot,
  user: string,
  accountId: string,
): boolean {
  if (user === 'all') return isPublic;
  const id = user === 'self' ? accountId : user;
  return ownerId === id || sharedWith.includes(id);
}

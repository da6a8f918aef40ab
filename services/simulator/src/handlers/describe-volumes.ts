// EC2 DescribeVolumes: 5 to 1000 a page, or by id; all of them when no page is asked for. Attachments are a part of it.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { type Volume, volumeState } from '../compute/storage/volume.ts';
import { volumeKind } from '../compute/storage/volume-kind.ts';
import { writeVolume } from '../compute/storage/volume-xml.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { describeBucket } from '../faults/describe-bucket.ts';
import { type FilterTable, filtersField, filterTest } from '../listing/filters.ts';
import { listPage, where } from '../listing/list-page.ts';
import { inOrder } from '../listing/paging.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

const time = (atMs: number) => new Date(atMs).toISOString();

const filterTable: FilterTable<Volume> = {
  'attachment.attach-time': ({ attachments }) => attachments.map(({ attachedAtMs }) => time(attachedAtMs)),
  'attachment.delete-on-termination': ({ attachments }) =>
    attachments.map(({ deleteOnTermination }) => String(deleteOnTermination)),
  'attachment.device': ({ attachments }) => attachments.map(({ device }) => device),
  'attachment.instance-id': ({ attachments }) => attachments.map(({ instanceId }) => instanceId),
  'attachment.status': ({ attachments }) => attachments.map(({ state }) => state),
  'availability-zone': ({ zone }) => [zone],
  'create-time': ({ createdAtMs }) => [time(createdAtMs)],
  encrypted: ({ encrypted }) => [String(encrypted)],
  'multi-attach-enabled': ({ multiAttach }) => [String(multiAttach)],
  size: ({ sizeGiB }) => [String(sizeGiB)],
  'snapshot-id': ({ snapshotId }) => [snapshotId],
  status: (volume) => [volumeState(volume)],
  'volume-id': ({ id }) => [id],
  'volume-type': ({ type }) => [type],
};

export const describeVolumes = defineAction({
  service: 'ec2',
  name: 'DescribeVolumes',
  bucket: describeBucket,
  input: {
    ids: list('VolumeId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, call) {
    if (ids.length > 0 && maxResults !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter volumeSet cannot be used with the parameter maxResults',
      );
    }
    const { volumes } = call.state;
    const asked = findByIds(ids, volumes.seen, volumeKind);
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const byId = ids.length > 0;
    const page = listPage(
      {
        listing: 'volumes',
        items: where(
          byId ? inOrder(asked, idOf) : { after: volumes.seenAfter },
          filterTest({ filters, table: filterTable, tagsOf: ({ tags }) => tags }),
        ),
        keyOf: idOf,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      volumeSet: page.items.map((volume) => () => writeVolume(volume, call)),
      nextToken: page.nextToken,
    };
  },
});

function idOf({ id }: Volume): string {
  return id;
}

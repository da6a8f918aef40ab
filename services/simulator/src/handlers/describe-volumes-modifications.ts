// EC2 DescribeVolumesModifications: the latest modification of each volume that ever had one. At most 500 a page.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { writeModification } from '../compute/storage/modification-xml.ts';
import { modificationState, type Volume, type VolumeModification } from '../compute/storage/volume.ts';
import { volumeKind } from '../compute/storage/volume-kind.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

interface Row {
  readonly id: string;
  readonly modification: VolumeModification;
  readonly nowMs: number;
}

const filterTable: FilterTable<Row> = {
  'modification-state': ({ modification, nowMs }) => [modificationState(modification, nowMs)],
  'original-size': ({ modification }) => [String(modification.original.sizeGiB)],
  'original-volume-type': ({ modification }) => [modification.original.type],
  'start-time': ({ modification }) => [new Date(modification.startedAtMs).toISOString()],
  'target-size': ({ modification }) => [String(modification.target.sizeGiB)],
  'target-volume-type': ({ modification }) => [modification.target.type],
  'volume-id': ({ id }) => [id],
};

export const describeVolumesModifications = defineAction({
  service: 'ec2',
  name: 'DescribeVolumesModifications',
  bucket: 'describe',
  input: {
    ids: list('VolumeId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 1, max: 500 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, { state, nowMs, ...call }) {
    const asked = ids.length > 0 ? findByIds(ids, state.volumes.seen, volumeKind) : state.volumes.allSeen();
    if (ids.length > 0) refuseUnmodified(asked);
    const rows = asked.flatMap(({ id, modification }) => (modification ? [{ id, modification, nowMs }] : []));
    const page = listPage(
      {
        listing: 'volumes-modifications',
        items: applyFilters(rows, { filters, table: filterTable }),
        keyOf: ({ id }) => id,
        byId: ids.length > 0,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      volumeModificationSet: page.items.map(({ id, modification }) =>
        writeModification(id, modification, nowMs),
      ),
      nextToken: page.nextToken,
    };
  },
});

function refuseUnmodified(volumes: readonly Volume[]): void {
  const untouched = volumes.find(({ modification }) => modification === undefined);
  if (untouched) {
    throw new AwsError(
      'InvalidVolumeModification.NotFound',
      `Modification for volume '${untouched.id}' does not exist.`,
    );
  }
}

// EC2 DescribeSnapshotAttribute: with whom the owner shares it.
import { defineAction } from '../action.ts';
import { writePermissions } from '../compute/sharing-xml.ts';
import { findOwnSnapshot } from '../compute/storage/find-snapshot.ts';
import { required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

export const describeSnapshotAttribute = defineAction({
  service: 'ec2',
  name: 'DescribeSnapshotAttribute',
  bucket: 'describe',
  input: {
    snapshotId: required('SnapshotId', text),
    attribute: required('Attribute', oneOf(['createVolumePermission', 'productCodes'])),
  },
  handle({ snapshotId, attribute }, call) {
    const snapshot = findOwnSnapshot(snapshotId, 'DescribeSnapshotAttribute', call);
    return attribute === 'productCodes'
      ? { snapshotId, productCodes: [] }
      : { snapshotId, createVolumePermission: call.shuffled(writePermissions(snapshot)) };
  },
});

// EC2 ResetSnapshotAttribute: nobody but the owner, as at the start. Safe to repeat.
import { defineAction } from '../action.ts';
import { findOwnSnapshot } from '../compute/storage/find-snapshot.ts';
import { required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

export const resetSnapshotAttribute = defineAction({
  service: 'ec2',
  name: 'ResetSnapshotAttribute',
  bucket: 'storage-write',
  input: {
    snapshotId: required('SnapshotId', text),
    attribute: required('Attribute', oneOf(['createVolumePermission'])),
  },
  handle({ snapshotId }, call) {
    const snapshot = findOwnSnapshot(snapshotId, 'ResetSnapshotAttribute', call);
    call.state.snapshots.put({ ...snapshot, isPublic: false, sharedWith: [] });
    return { return: true };
  },
});

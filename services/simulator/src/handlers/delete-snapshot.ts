// EC2 DeleteSnapshot: own ones only, and not while an image is made of it. It is gone at once.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findOwnSnapshot } from '../compute/storage/find-snapshot.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteSnapshot = defineAction({
  service: 'ec2',
  name: 'DeleteSnapshot',
  bucket: 'storage-write',
  input: { snapshotId: required('SnapshotId', text) },
  handle({ snapshotId }, call) {
    const { id } = findOwnSnapshot(snapshotId, 'DeleteSnapshot', call);
    const image = call.state
      .ownImages()
      .find(({ rootSnapshotId, state }) => rootSnapshotId === id && state !== 'deregistered');
    if (image) {
      throw new AwsError('InvalidSnapshot.InUse', `The snapshot ${id} is currently in use by ${image.id}`);
    }
    call.state.snapshots.delete(id);
    return { return: true };
  },
});

// EC2 DeregisterImage: own images only. It stays listed as `deregistered` for a moment, as at AWS; its snapshot stays for
// good, unless that is to go as well.
import { defineAction } from '../action.ts';
import type { Call } from '../call.ts';
import { findOwnImage } from '../compute/find-own-image.ts';
import type { Image } from '../compute/image.ts';
import { required, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

export const deregisterImage = defineAction({
  service: 'ec2',
  name: 'DeregisterImage',
  bucket: 'storage-write',
  input: {
    imageId: required('ImageId', text),
    deleteSnapshots: withDefault('DeleteAssociatedSnapshots', flag, false),
  },
  handle({ imageId, deleteSnapshots }, call) {
    const image = findOwnImage(imageId, 'DeregisterImage', call);
    call.state.putImage({
      ...image,
      state: 'deregistered',
      dueAtMs: call.nowMs + call.settings.transitionMs,
    });
    return {
      return: true,
      deleteSnapshotResultSet: deleteSnapshots ? [deleteRootSnapshot(image, call)] : undefined,
    };
  },
});

/** What another image is made of too is passed over. */
function deleteRootSnapshot({ rootSnapshotId }: Image, { state }: Call): XmlObject {
  const isShared = state
    .ownImages()
    .some((other) => other.rootSnapshotId === rootSnapshotId && other.state !== 'deregistered');
  if (!isShared) state.snapshots.delete(rootSnapshotId);
  return { snapshotId: rootSnapshotId, returnCode: isShared ? 'skipped' : 'success' };
}

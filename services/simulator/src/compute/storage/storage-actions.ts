// The actions about volumes and snapshots, and those about images that came with them.
import type { Action } from '../../action.ts';
import { attachVolume } from '../../handlers/attach-volume.ts';
import { copyImage } from '../../handlers/copy-image.ts';
import { copySnapshot } from '../../handlers/copy-snapshot.ts';
import { createSnapshot } from '../../handlers/create-snapshot.ts';
import { createVolume } from '../../handlers/create-volume.ts';
import { deleteSnapshot } from '../../handlers/delete-snapshot.ts';
import { deleteVolume } from '../../handlers/delete-volume.ts';
import { describeImageAttribute } from '../../handlers/describe-image-attribute.ts';
import { describeSnapshotAttribute } from '../../handlers/describe-snapshot-attribute.ts';
import { describeSnapshots } from '../../handlers/describe-snapshots.ts';
import { describeVolumes } from '../../handlers/describe-volumes.ts';
import { describeVolumesModifications } from '../../handlers/describe-volumes-modifications.ts';
import { detachVolume } from '../../handlers/detach-volume.ts';
import { modifyImageAttribute } from '../../handlers/modify-image-attribute.ts';
import { modifySnapshotAttribute } from '../../handlers/modify-snapshot-attribute.ts';
import { modifyVolume } from '../../handlers/modify-volume.ts';
import { registerImage } from '../../handlers/register-image.ts';
import { resetImageAttribute } from '../../handlers/reset-image-attribute.ts';
import { resetSnapshotAttribute } from '../../handlers/reset-snapshot-attribute.ts';

export const storageActions: readonly Action[] = [
  attachVolume,
  copyImage,
  copySnapshot,
  createSnapshot,
  createVolume,
  deleteSnapshot,
  deleteVolume,
  describeImageAttribute,
  describeSnapshotAttribute,
  describeSnapshots,
  describeVolumes,
  describeVolumesModifications,
  detachVolume,
  modifyImageAttribute,
  modifySnapshotAttribute,
  modifyVolume,
  registerImage,
  resetImageAttribute,
  resetSnapshotAttribute,
];

// EC2 DeleteVolume: `deleting` for a moment, then gone.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findVolume } from '../compute/storage/find-volume.ts';
import { volumeState } from '../compute/storage/volume.ts';
import { startDeletion } from '../compute/storage/volume-lifecycle.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteVolume = defineAction({
  service: 'ec2',
  name: 'DeleteVolume',
  bucket: 'storage-write',
  input: { volumeId: required('VolumeId', text) },
  handle({ volumeId }, call) {
    const volume = findVolume(volumeId, call);
    const [attachment] = volume.attachments;
    if (attachment) {
      throw new AwsError(
        'VolumeInUse',
        `Volume ${volumeId} is currently attached to ${attachment.instanceId}`,
      );
    }
    if (volumeState(volume) !== 'available') {
      throw new AwsError('IncorrectState', `Volume '${volumeId}' is in the '${volume.phase}' state.`);
    }
    call.state.volumes.put(
      startDeletion(volume, { nowMs: call.nowMs, transitionMs: call.settings.transitionMs }),
    );
    return { return: true };
  },
});

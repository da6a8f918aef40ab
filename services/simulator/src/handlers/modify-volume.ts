// EC2 ModifyVolume: `modifying`, then `optimizing` with the new shape, then `completed`. Until then no other may begin.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { positive } from '../compute/storage/block-devices-field.ts';
import { findVolume } from '../compute/storage/find-volume.ts';
import { writeModification } from '../compute/storage/modification-xml.ts';
import { modificationState, type Volume } from '../compute/storage/volume.ts';
import { startModification } from '../compute/storage/volume-lifecycle.ts';
import { checkVolumeShape } from '../compute/storage/volume-shape.ts';
import { optional, required } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

export const modifyVolume = defineAction({
  service: 'ec2',
  name: 'ModifyVolume',
  bucket: 'mutating',
  input: {
    volumeId: required('VolumeId', text),
    sizeGiB: optional('Size', positive),
    type: optional('VolumeType', text),
    iops: optional('Iops', positive),
    throughput: optional('Throughput', positive),
    multiAttach: optional('MultiAttachEnabled', flag),
  },
  handle({ volumeId, ...wanted }, call) {
    const volume = findVolume(volumeId, call);
    checkState(volume, call.nowMs);
    if (Object.values(wanted).every((value) => value === undefined)) {
      throw new AwsError('InvalidParameterCombination', 'No modification was asked for.');
    }
    const modified = startModification(volume, targetOf(volume, wanted), {
      nowMs: call.nowMs,
      transitionMs: call.settings.transitionMs,
    });
    call.state.volumes.put(modified);
    return {
      volumeModification:
        modified.modification && writeModification(volumeId, modified.modification, call.nowMs),
    };
  },
});

interface Wanted {
  readonly sizeGiB: number | undefined;
  readonly type: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly multiAttach: boolean | undefined;
}

function checkState(volume: Volume, nowMs: number): void {
  if (volume.phase !== 'ready') {
    throw new AwsError('IncorrectState', `Volume '${volume.id}' is in the '${volume.phase}' state.`);
  }
  const state = volume.modification ? modificationState(volume.modification, nowMs) : 'completed';
  if (state !== 'completed') {
    throw new AwsError(
      'IncorrectModificationState',
      `Volume ${volume.id} cannot be modified in modification state ${state.toUpperCase()}`,
    );
  }
}

function targetOf(volume: Volume, wanted: Wanted) {
  if (wanted.sizeGiB !== undefined && wanted.sizeGiB < volume.sizeGiB) {
    throw new AwsError('InvalidParameterValue', 'New size cannot be smaller than existing size');
  }
  const type = wanted.type ?? volume.type;
  // What was chosen for the type stays with it; another type starts from what is usual there.
  const stays = type === volume.type && type !== 'gp2';
  return checkVolumeShape({
    sizeGiB: wanted.sizeGiB ?? volume.sizeGiB,
    type,
    iops: wanted.iops ?? (stays ? volume.iops : undefined),
    throughput: wanted.throughput ?? (stays ? volume.throughput : undefined),
    multiAttach: wanted.multiAttach ?? volume.multiAttach,
  });
}

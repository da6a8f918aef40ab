// An EBS volume as a body.
import type { Volume } from '@aws-sdk/client-ec2';
import type { VolumeBody } from '@cloud-gateway/contracts';
import { normalisedState, type OnUnknownState, volumeStates } from '../states.ts';
import { present, tagsOf, textOrNull, timeOrNull } from './fields.ts';

export function volumeBody(volume: Volume, onUnknownState: OnUnknownState): VolumeBody {
  const tags = tagsOf(volume.Tags);
  return {
    type: 'volume',
    cloudId: volume.VolumeId ?? '',
    name: textOrNull(tags['Name']),
    state: normalisedState(volumeStates, volume.State, (raw) => onUnknownState('volume', raw)),
    rawState: textOrNull(volume.State),
    stateReason: null,
    owner: textOrNull(volume.OwnerId),
    visibility: 'private',
    tags,
    createdAt: timeOrNull(volume.CreateTime),
    gigabytes: volume.Size ?? null,
    volumeType: textOrNull(volume.VolumeType),
    iops: volume.Iops ?? null,
    datacenter: textOrNull(volume.AvailabilityZone),
    snapshotId: textOrNull(volume.SnapshotId),
    encrypted: volume.Encrypted ?? null,
    cloudAttributes: present({
      fastRestored: volume.FastRestored,
      kmsKeyId: volume.KmsKeyId,
      multiAttachEnabled: volume.MultiAttachEnabled,
      operator: volume.Operator?.Principal,
      outpostArn: volume.OutpostArn,
      sourceVolumeId: volume.SourceVolumeId,
      sseType: volume.SseType,
      throughput: volume.Throughput,
      volumeInitializationRate: volume.VolumeInitializationRate,
    }),
  };
}

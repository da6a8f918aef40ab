// A volume and its attachments as EC2 writes them down.
import type { XmlObject } from '../../xml.ts';
import type { RegionState } from '../region-state.ts';
import { tagSetOf } from '../tags.ts';
import { type Volume, type VolumeAttachment, volumeState } from './volume.ts';

interface Writing {
  shuffled<T>(items: readonly T[]): T[];
  readonly noTags: boolean;
  readonly state: Pick<RegionState, 'zones'>;
}

export function writeVolume(volume: Volume, writing: Writing): XmlObject {
  return {
    volumeId: volume.id,
    size: volume.sizeGiB,
    snapshotId: volume.snapshotId ?? '',
    availabilityZone: volume.zone,
    availabilityZoneId: writing.state.zones.find(({ name }) => name === volume.zone)?.id,
    status: volumeState(volume),
    createTime: new Date(volume.createdAtMs),
    attachmentSet: writing.shuffled(volume.attachments).map((each) => writeAttachment(volume, each)),
    tagSet: tagSetOf(volume.tags, writing),
    volumeType: volume.type,
    iops: volume.iops,
    throughput: volume.throughput,
    encrypted: volume.encrypted,
    multiAttachEnabled: volume.multiAttach,
  };
}

export function writeAttachment(volume: Volume, attachment: VolumeAttachment): XmlObject {
  return {
    volumeId: volume.id,
    instanceId: attachment.instanceId,
    device: attachment.device,
    status: attachment.state,
    attachTime: new Date(attachment.attachedAtMs),
    deleteOnTermination: attachment.deleteOnTermination,
  };
}

// That an instance has a volume, as a body. EC2 gives an attachment no id, so ours is made of what is attached to what.
import type { Volume, VolumeAttachment } from '@aws-sdk/client-ec2';
import type { VolumeAttachmentBody } from '@cloud-gateway/contracts';
import { normalisedState, type OnUnknownState, volumeAttachmentStates } from '../states.ts';
import { present, sortedBy, textOrNull, timeOrNull } from './fields.ts';

/** The attachments of a volume. Those to something of AWS's own (a Fargate task) have no instance and are left out. */
export function volumeAttachmentBodies(
  volume: Volume,
  onUnknownState: OnUnknownState,
): VolumeAttachmentBody[] {
  if (volume.Attachments === undefined || volume.Attachments.length === 0) return [];
  return sortedBy(volume.Attachments, ({ InstanceId }) => InstanceId)
    .filter(({ InstanceId }) => InstanceId !== undefined && InstanceId !== '')
    .map((attachment) =>
      volumeAttachmentBody(attachment, { owner: textOrNull(volume.OwnerId), onUnknownState }),
    );
}

export interface VolumeAttachmentBodyOptions {
  /** Of the volume; null where it is not known. */
  readonly owner: string | null;
  readonly onUnknownState: OnUnknownState;
}

export function volumeAttachmentBody(
  attachment: VolumeAttachment,
  { owner, onUnknownState }: VolumeAttachmentBodyOptions,
): VolumeAttachmentBody {
  const { VolumeId: volumeId = '', InstanceId: instanceId = '', State: rawState } = attachment;
  return {
    type: 'volume-attachment',
    cloudId: volumeAttachmentId(volumeId, instanceId),
    name: null,
    state: normalisedState(volumeAttachmentStates, rawState, (raw) =>
      onUnknownState('volume-attachment', raw),
    ),
    rawState: textOrNull(rawState),
    stateReason: null,
    owner,
    visibility: 'private',
    tags: {},
    createdAt: null,
    volumeId,
    instanceId,
    device: textOrNull(attachment.Device),
    deleteOnTermination: attachment.DeleteOnTermination ?? null,
    attachedAt: timeOrNull(attachment.AttachTime),
    cloudAttributes: present({ ebsCardIndex: attachment.EbsCardIndex }),
  };
}

/** `<volume>:<instance>`. */
export function volumeAttachmentId(volumeId: string, instanceId: string): string {
  return `${volumeId}:${instanceId}`;
}

// Attaches a volume to an instance, in the order in which EC2 finds fault with what is asked.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { findInstances } from '../find-instances.ts';
import type { Instance } from '../instance.ts';
import { findVolume } from './find-volume.ts';
import { type Volume, type VolumeAttachment, volumeState } from './volume.ts';
import { startAttachment } from './volume-lifecycle.ts';
import { volumesOf } from './volumes-of.ts';

interface AttachOrder {
  readonly volumeId: string;
  readonly instanceId: string;
  readonly device: string;
}

/** Gives the volume with its new attachment, which is the last one. */
export function attachVolume(
  { volumeId, instanceId, device }: AttachOrder,
  { state, nowMs, settings }: Pick<Call, 'state' | 'nowMs' | 'settings'>,
): readonly [Volume, VolumeAttachment] {
  const volume = findVolume(volumeId, { state });
  const [instance] = findInstances([instanceId], { state });
  checkVolume(volume, instanceId);
  if (instance?.state !== 'running' && instance?.state !== 'stopped') {
    throw new AwsError('IncorrectState', `Instance '${instanceId}' is not 'running'.`);
  }
  if (instance.zone !== volume.zone) {
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${volumeId}' is not in the same availability zone as instance '${instanceId}'`,
    );
  }
  checkDevice(device, instance, volumesOf(instance, state));
  const attached = startAttachment(
    volume,
    { instanceId, device },
    { nowMs, transitionMs: settings.transitionMs },
  );
  state.volumes.put(attached);
  const dataVolumeIds = new Set([...instance.dataVolumeIds, volumeId]);
  dataVolumeIds.delete(instance.rootVolumeId);
  state.putInstance({ ...instance, dataVolumeIds: [...dataVolumeIds] });
  return [attached, lastOf(attached.attachments)];
}

function checkVolume(volume: Volume, instanceId: string): void {
  const isAttachedThere = volume.attachments.some((each) => each.instanceId === instanceId);
  const state = volumeState(volume);
  if (isAttachedThere || (state === 'in-use' && !volume.multiAttach)) {
    throw new AwsError('VolumeInUse', `${volume.id} is already attached to an instance`);
  }
  if (state !== 'available' && state !== 'in-use') {
    throw new AwsError('IncorrectState', `${volume.id} is not 'available'.`);
  }
}

function checkDevice(device: string, instance: Instance, attached: readonly Volume[]): void {
  if (!/^(?:\/dev\/)?(?:sd[a-z]\d{0,2}|xvd[a-z]{1,2}\d{0,2}|hd[a-z]\d{0,2})$/.test(device)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${device.slice(0, 50)}) for parameter device is invalid. ${device.slice(0, 50)} is not a valid EBS device name.`,
    );
  }
  const isTaken = attached
    .flatMap(({ attachments }) => attachments)
    .some((each) => each.instanceId === instance.id && each.device === device);
  if (isTaken) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    );
  }
}

function lastOf(attachments: readonly VolumeAttachment[]): VolumeAttachment {
  const last = attachments.at(-1);
  if (!last) throw new Error('A volume that was just attached has no attachment.');
  return last;
}

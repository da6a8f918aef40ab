// Detaches a volume from an instance. Which instance may be left open, unless the volume is attached to several.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { findVolume } from './find-volume.ts';
import { type Volume, type VolumeAttachment, volumeState } from './volume.ts';
import { startDetachment } from './volume-lifecycle.ts';

interface DetachOrder {
  readonly volumeId: string;
  readonly instanceId: string | undefined;
  readonly device: string | undefined;
  /** Without waiting for the guest: it takes no time. */
  readonly force: boolean;
}

/** Gives the volume and the attachment that ends. */
export function detachVolume(
  { volumeId, instanceId, device, force }: DetachOrder,
  { state, nowMs, settings }: Pick<Call, 'state' | 'nowMs' | 'settings'>,
): readonly [Volume, VolumeAttachment] {
  const volume = findVolume(volumeId, { state });
  const now = volumeState(volume);
  if (now !== 'in-use') {
    throw new AwsError('IncorrectState', `Volume '${volumeId}' is in the '${now}' state.`);
  }
  if (instanceId === undefined && volume.attachments.length > 1) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The volume '${volumeId}' is attached to several instances; name one.`,
    );
  }
  const ending = volume.attachments.find(
    (each) => each.instanceId === (instanceId ?? each.instanceId) && each.device === (device ?? each.device),
  );
  if (!ending) {
    throw new AwsError(
      'InvalidAttachment.NotFound',
      `The volume '${volumeId}' is not attached to instance '${instanceId ?? ''}' as device '${device ?? ''}'.`,
    );
  }
  const instance = state.instance(ending.instanceId);
  if (instance?.rootDeviceName === ending.device && instance.state !== 'stopped') {
    throw new AwsError(
      'OperationNotPermitted',
      `Unable to detach root volume '${volumeId}' from instance '${instance.id}'`,
    );
  }
  const detached = startDetachment(volume, ending.instanceId, force, {
    nowMs,
    transitionMs: settings.transitionMs,
  });
  state.volumes.put(detached);
  return [detached, detached.attachments.find((each) => each.instanceId === ending.instanceId) ?? ending];
}

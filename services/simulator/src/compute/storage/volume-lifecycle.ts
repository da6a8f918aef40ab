// The state machine of a volume, as pure steps. Nothing ticks: whoever reads a volume first settles it to the present
// moment. What a terminated instance leaves behind is settled here too, so that no way to end an instance can forget it.
//
//   creating ──> available ──attach──> in-use ──detach──> available ──delete──> deleting ──> gone
import type { InstanceState } from '../instance.ts';
import type { Volume, VolumeAttachment, VolumeShape } from './volume.ts';

export interface StorageTimes {
  readonly nowMs: number;
  /** How long a state that passes lasts. */
  readonly transitionMs: number;
}

/** The state of an instance by its id; undefined when it is gone. */
export type InstanceStateOf = (instanceId: string) => InstanceState | undefined;

/** Brings a volume to where time has taken it; undefined when it is gone. */
export function settleVolume(
  volume: Volume,
  nowMs: number,
  instanceStateOf: InstanceStateOf,
): Volume | undefined {
  if (volume.phase === 'deleting') return isDue(volume, nowMs) ? undefined : volume;
  const orphaned = volume.attachments.filter(({ instanceId }) => isGone(instanceStateOf(instanceId)));
  if (orphaned.some(({ deleteOnTermination }) => deleteOnTermination)) return undefined;
  return settleShape(settleAttachments(settlePhase(volume, nowMs), nowMs, orphaned), nowMs);
}

export function startAttachment(
  volume: Volume,
  { instanceId, device, deleteOnTermination = false }: Wanted,
  { nowMs, transitionMs }: StorageTimes,
): Volume {
  const attachment: VolumeAttachment = {
    instanceId,
    device,
    state: 'attaching',
    dueAtMs: nowMs + transitionMs,
    attachedAtMs: nowMs,
    deleteOnTermination,
  };
  return { ...volume, attachments: [...volume.attachments, attachment] };
}

interface Wanted {
  readonly instanceId: string;
  readonly device: string;
  readonly deleteOnTermination?: boolean;
}

/** By force it takes no time. One that is being detached already goes on as before. */
export function startDetachment(
  volume: Volume,
  instanceId: string,
  force: boolean,
  { nowMs, transitionMs }: StorageTimes,
): Volume {
  const attachments = volume.attachments.map((attachment): VolumeAttachment => {
    if (attachment.instanceId !== instanceId) return attachment;
    if (attachment.state === 'detaching' && !force) return attachment;
    return { ...attachment, state: 'detaching', dueAtMs: nowMs + (force ? 0 : transitionMs) };
  });
  return { ...volume, attachments };
}

export function startDeletion(volume: Volume, { nowMs, transitionMs }: StorageTimes): Volume {
  return { ...volume, phase: 'deleting', dueAtMs: nowMs + transitionMs };
}

export function startModification(
  volume: Volume,
  target: VolumeShape,
  { nowMs, transitionMs }: StorageTimes,
): Volume {
  const { sizeGiB, type, iops, throughput, multiAttach } = volume;
  const modification = {
    original: { sizeGiB, type, iops, throughput, multiAttach },
    target,
    startedAtMs: nowMs,
    modifiedAtMs: nowMs + transitionMs,
    completedAtMs: nowMs + 2 * transitionMs,
  };
  return { ...volume, modification };
}

function settlePhase(volume: Volume, nowMs: number): Volume {
  return volume.phase === 'creating' && isDue(volume, nowMs)
    ? { ...volume, phase: 'ready', dueAtMs: undefined }
    : volume;
}

function settleAttachments(volume: Volume, nowMs: number, orphaned: readonly VolumeAttachment[]): Volume {
  if (orphaned.length === 0 && !volume.attachments.some((attachment) => isDue(attachment, nowMs))) {
    return volume;
  }
  const attachments = volume.attachments.flatMap((attachment): VolumeAttachment[] => {
    if (orphaned.includes(attachment)) return [];
    if (!isDue(attachment, nowMs)) return [attachment];
    return attachment.state === 'detaching' ? [] : [{ ...attachment, state: 'attached', dueAtMs: undefined }];
  });
  return { ...volume, attachments };
}

function settleShape(volume: Volume, nowMs: number): Volume {
  const { modification, sizeGiB, type, iops, throughput, multiAttach } = volume;
  if (!modification || nowMs < modification.modifiedAtMs) return volume;
  const { target } = modification;
  const isApplied =
    target.sizeGiB === sizeGiB &&
    target.type === type &&
    target.iops === iops &&
    target.throughput === throughput &&
    target.multiAttach === multiAttach;
  return isApplied ? volume : { ...volume, ...target };
}

function isDue({ dueAtMs }: { readonly dueAtMs: number | undefined }, nowMs: number): boolean {
  return dueAtMs !== undefined && dueAtMs <= nowMs;
}

function isGone(state: InstanceState | undefined): boolean {
  return state === undefined || state === 'terminated';
}

// A volume as the cloud keeps it. Its state as EC2 shows it follows from its phase and its attachments: it is `in-use`
// from the moment in which an attachment begins, until the last one has ended.
import type { Tags } from '../../listing/filters.ts';

export const volumeTypes = ['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard'] as const;
export type VolumeType = (typeof volumeTypes)[number];

/** What ModifyVolume can change. */
export interface VolumeShape {
  readonly sizeGiB: number;
  readonly type: VolumeType;
  /** Undefined for the types that have none to show: st1, sc1, standard. */
  readonly iops: number | undefined;
  /** In MiB/s; gp3 only. */
  readonly throughput: number | undefined;
  readonly multiAttach: boolean;
}

export interface VolumeAttachment {
  readonly instanceId: string;
  readonly device: string;
  readonly state: 'attaching' | 'attached' | 'detaching';
  /** When `attaching` and `detaching` end. */
  readonly dueAtMs: number | undefined;
  readonly attachedAtMs: number;
  readonly deleteOnTermination: boolean;
}

export interface VolumeModification {
  readonly original: VolumeShape;
  readonly target: VolumeShape;
  readonly startedAtMs: number;
  /** From here on it is `optimizing`, and the volume has its new shape. */
  readonly modifiedAtMs: number;
  readonly completedAtMs: number;
}

export interface Volume extends VolumeShape {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly zone: string;
  readonly encrypted: boolean;
  readonly snapshotId: string | undefined;
  readonly createdAtMs: number;
  readonly phase: 'creating' | 'ready' | 'deleting';
  /** When `creating` and `deleting` end. */
  readonly dueAtMs: number | undefined;
  readonly attachments: readonly VolumeAttachment[];
  /** The latest, also when it is long over. */
  readonly modification: VolumeModification | undefined;
  readonly tags: Tags;
}

export type VolumeState = 'creating' | 'available' | 'in-use' | 'deleting';

export function volumeState({ phase, attachments }: Pick<Volume, 'phase' | 'attachments'>): VolumeState {
  if (phase !== 'ready') return phase;
  return attachments.length > 0 ? 'in-use' : 'available';
}

export function modificationState(
  { modifiedAtMs, completedAtMs }: VolumeModification,
  nowMs: number,
): 'modifying' | 'optimizing' | 'completed' {
  if (nowMs < modifiedAtMs) return 'modifying';
  return nowMs < completedAtMs ? 'optimizing' : 'completed';
}

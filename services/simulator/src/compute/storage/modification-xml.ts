// A modification of a volume as ModifyVolume and DescribeVolumesModifications write it down.
import type { XmlObject } from '../../xml.ts';
import { modificationState, type VolumeModification } from './volume.ts';

export function writeModification(
  volumeId: string,
  modification: VolumeModification,
  nowMs: number,
): XmlObject {
  const { original, target, startedAtMs, completedAtMs } = modification;
  const state = modificationState(modification, nowMs);
  return {
    volumeId,
    modificationState: state,
    originalSize: original.sizeGiB,
    originalIops: original.iops,
    originalVolumeType: original.type,
    originalThroughput: original.throughput,
    originalMultiAttachEnabled: original.multiAttach,
    targetSize: target.sizeGiB,
    targetIops: target.iops,
    targetVolumeType: target.type,
    targetThroughput: target.throughput,
    targetMultiAttachEnabled: target.multiAttach,
    progress: progressOf(modification, nowMs),
    startTime: new Date(startedAtMs),
    endTime: state === 'completed' ? new Date(completedAtMs) : undefined,
  };
}

/** In percent; it counts only while the volume is optimized. */
function progressOf({ modifiedAtMs, completedAtMs }: VolumeModification, nowMs: number): number {
  if (nowMs >= completedAtMs) return 100;
  return Math.max(0, Math.floor((100 * (nowMs - modifiedAtMs)) / (completedAtMs - modifiedAtMs)));
}

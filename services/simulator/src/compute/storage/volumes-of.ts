// The volumes that are attached to an instance. An instance remembers which ones it was ever given, and each volume knows
// whether it is still there, so that nothing has to be searched.
import type { Instance } from '../instance.ts';
import type { RegionState } from '../region-state.ts';
import type { Volume } from './volume.ts';

export function volumesOf(
  { id, rootVolumeId, dataVolumeIds }: Pick<Instance, 'id' | 'rootVolumeId' | 'dataVolumeIds'>,
  { volumes }: Pick<RegionState, 'volumes'>,
): Volume[] {
  return [rootVolumeId, ...dataVolumeIds]
    .flatMap((volumeId) => volumes.get(volumeId) ?? [])
    .filter(({ attachments }) => attachments.some(({ instanceId }) => instanceId === id));
}

/** The one it starts from; a stopped instance may be without. */
export function rootVolumeOf(instance: Instance, state: Pick<RegionState, 'volumes'>): Volume | undefined {
  return volumesOf(instance, state).find(({ attachments }) =>
    attachments.some(
      ({ instanceId, device }) => instanceId === instance.id && device === instance.rootDeviceName,
    ),
  );
}
